/** How a running plane is told to end. */

/** Resolves at the first SIGINT, SIGTERM or SIGHUP, or where a parent that keeps a channel open is gone; a second signal ends the process at once. */
export function stopAsked(said: () => void): Promise<'asked' | 'abandoned'> {
  return new Promise((resolve) => {
    let asked = false;
    const end = (why: 'asked' | 'abandoned') => {
      if (asked) return;
      asked = true;
      // An open channel would keep the process.
      if (process.connected) process.disconnect();
      said();
      resolve(why);
    };
    const on = (code: number) => () => (asked ? process.exit(code) : end('asked'));
    if (process.connected) process.once('disconnect', () => end('abandoned'));
    process.on('SIGINT', on(130));
    process.on('SIGTERM', on(143));
    process.on('SIGHUP', on(129));
  });
}
