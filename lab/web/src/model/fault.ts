import type { Order, Step } from './events';
import type { Connection } from './run';

/** Whether the run's fault is in `connection`. */
function isBroken(order: Order, connection: Connection): boolean {
  switch (order.fault) {
    case undefined:
      return false;
    case 'flipped_bit':
      return connection.part === (order.connection ?? 'main');
    case 'replayed_ticket':
    case 'replayed_early_data':
      return connection.part === 'copy';
    default:
      return connection.part === 'main';
  }
}

/** The key of the text that says what was done to `connection`; '' for none. Whether a bit was really flipped, the records tell. */
export function lessonOf(order: Order | null, connection: Connection): string {
  if (order?.fault === undefined || !isBroken(order, connection)) {
    return '';
  }
  if (order.fault !== 'flipped_bit') {
    return 'fault.' + order.fault + '.lesson';
  }
  if (connection.wire === null) {
    return '';
  }
  const flipped = connection.wire.records.some((record) => record.altered !== null);
  return flipped ? 'fault.flipped_bit.lesson' : 'fault.flipped_bit.nothing';
}

/**
 * The order by which the same run is had with a bit flipped in the message of `step`, `offset` bytes in; null if it cannot be: a server somewhere
 * else is not broken from here, and a message that was altered already was not sent like that.
 */
export function flipOrder(order: Order | null, connection: Connection, step: Step, offset: number): Order | null {
  if (order === null || order.scenario === 'remote' || !isSent(step) || step.sender === null) {
    return null;
  }
  const { scenario, group, suite, key, protocol } = order;
  const occurrence = connection.steps.filter(
    (each) =>
      isSent(each) && each.sender === step.sender && each.event.name === step.event.name && each.number <= step.number,
  ).length;
  return {
    scenario,
    ...(group === undefined ? {} : { group }),
    ...(suite === undefined ? {} : { suite }),
    ...(key === undefined ? {} : { key }),
    ...(protocol === undefined ? {} : { protocol }),
    fault: 'flipped_bit',
    // What is in a copy was in the connection that was copied, and only there it can be met.
    connection: connection.part === 'before' ? 'before' : 'main',
    sender: step.sender,
    message: step.event.name ?? '',
    occurrence,
    offset,
    bit: 0,
  };
}

function isSent(step: Step): boolean {
  return step.event.event === 'message' && !step.arrival;
}
