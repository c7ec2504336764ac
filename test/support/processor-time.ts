/** Milliseconds of processor that the work takes: unlike the time on the clock they do not grow while others keep the machine busy. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
