/** What to type next, once a plane is there. */
const TRIALS = ['app register --name shop', 'runtime provision --name prod', 'app list'];

/** `current`: the context that commands use which name none. */
export function invitation(name: string, current: string | undefined): string {
  const isCurrent = current === name;
  const trials = TRIALS.map((words) => `  compass ${words}${isCurrent ? '' : ` --context ${name}`}\n`).join('');
  const elsewhere = `\nCommands use the context ${current ?? ''} now; \`compass context use ${name}\` brings them here.`;
  return `${isCurrent ? '' : elsewhere}\nTry:\n${trials}`;
}
