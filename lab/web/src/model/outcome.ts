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

/** Of several failures the first is the cause: an end that was only sent an alert tells less. */
function rootFailure(steps: Step[]): Step | null {
  const failures = steps.filter((step) => step.event.event === 'failure');
  return failures.find((step) => step.event.problem !== 'alert_received') ?? failures[0] ?? null;
}
