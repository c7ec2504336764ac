/** Of planes elsewhere nothing is known. */
export const shownRunning = (running: boolean | null) => (running === null ? '' : running ? 'running' : 'stopped');
