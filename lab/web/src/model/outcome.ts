import type { Step } from './events';
import type { Connection } from './run';

/** How a connection came out, by its own events. */
export interface Outcome {
  kind: 'running' | 'done' | 'failed';
  /** The step that says so. */
  step: Step | null;
  /** The one who noticed a failure first, or who was told of it if nobody else tells the story. */
  failure: Step | null;
}

export function outcomeOf(connection: Connection): Outcome {
  const failure = rootFailure(connection.steps);
  const done = connection.steps.find((step) => step.event.event === 'handshake_done') ?? null;
  if (failure) {
    return { kind: 'failed', step: failure, failure };
  }
  return done ? { kind: 'done', step: done, failure: null } : { kind: 'running', step: null, failure: null };
}

/** What was decided about coming back, then about early data. */
export function decisionsOf(connection: Connection): Step[] {
  const resumption = connection.steps.find(
    (step) => step.event.event === 'resumption_decided' && step.event.reason !== 'no_ticket',
  );
  const early = connection.steps.find((step) => step.event.event === 'early_data_decided');
  return [resumption, early].filter((step) => step !== undefined);
}

/** What the server sent, by names: its messages, and its alerts. */
export function answersOf(connection: Connection): string[] {
  return connection.steps
    .filter((step) => step.sender === 'server' && ['message', 'alert'].includes(step.event.event) && !step.arrival)
    .map((step) => step.event.name ?? '');
}

/** Of several failures the first is the cause: an end that was only sent an alert tells less. */
function rootFailure(steps: Step[]): Step | null {
  const failures = steps.filter((step) => step.event.event === 'failure');
  return failures.find((step) => step.event.problem !== 'alert_received') ?? failures[0] ?? null;
}
