/** How a running plane is told to end. */

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once. */
export function stopAsked(said: () => void): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const on = (code: number) => () => {
      if (asked) process.exit(code);
      asked = true;
      said();
      resolve();
    };
    process.on('SIGINT', on(130));
    process.on('SIGTERM', on(143));
    process.on('SIGHUP', on(129));
  });
}
