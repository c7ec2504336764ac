/** Numbers the writes of assignments, so that "oldest write first" can be told even within one transaction. */
const MICROSECONDS = 1000;
let latest = 0;

/** Greater than every number before, in this process; microseconds since 1970, so that processes agree as well as their clocks do. */
export function nextWrite(): number {
  latest = Math.max(latest + 1, Math.round((performance.timeOrigin + performance.now()) * MICROSECONDS));
  return latest;
}
