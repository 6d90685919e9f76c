import { bytesOf, carriedBy, differences } from './bytes';
import type { Connection } from './run';

/** The numbers of the steps whose bytes somebody on the path changed, or let vanish, after they were sent. */
export function alteredSteps(connection: Connection): Set<number> {
  const found = new Set<number>();
  const wire = connection.wire;
  for (const record of wire?.records ?? []) {
    if (record.altered === null) {
      continue;
    }
    const changed = differences(bytesOf(record.hex), bytesOf(record.altered));
    for (const step of connection.steps) {
      const pieces = (wire?.places[step.number] ?? []).filter(([number]) => number === record.number);
      const hit = pieces.some((piece) => {
        const [from, to] = carriedBy(piece);
        // A record of its own, such as an alert's, has no place inside.
        return piece[3] === 0 || [...changed].some((at) => at >= from && at < to);
      });
      if (step.sender === record.sender && hit && !step.arrival) {
        found.add(step.number);
      }
    }
  }
  return found;
}
