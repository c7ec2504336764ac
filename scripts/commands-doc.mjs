/** `docs/commands.md`: all commands with their flags, from the manifest. */
const line = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

function flagRow([name, flag]) {
  const letter = flag.char === undefined ? '' : `-${flag.char}, `;
  const value =
    flag.type === 'boolean'
      ? ''
      : ` ${flag.options?.length > 0 ? flag.options.join('\\|') : (flag.helpValue ?? 'VALUE').replaceAll('|', '\\|')}`;
  return `| \`${letter}--${flag.allowNo ? '[no-]' : ''}${name}${value}\` | ${line(flag.summary)}${flag.required ? ' Needed.' : ''} |`;
}

/** Lines of a description go on, but for those that are shown as they are typed. */
const told = ({ summary, description = '' }) =>
  `${summary} ${description}`
    .split(/\n{2,}/)
    .map((part) => (part.startsWith('    ') ? part : part.replaceAll('\n', ' ')))
    .join('\n\n')
    .trimEnd();

function section([id, command], general) {
  const words = `compass ${id.replaceAll(':', ' ')}`;
  const own = Object.entries(command.flags).filter(([name]) => !general.has(name));
  return [
    `## ${words}`,
    '',
    told(command),
    '',
    `    compass ${command.usage}`,
    '',
    ...(own.length === 0 ? [] : ['| flag | |', '| --- | --- |', ...own.map(flagRow), '']),
    ...command.examples.map((example) => `    $ ${example.replace('<%= config.bin %> <%= command.id %>', words)}`),
    '',
  ];
}

/** Flags that most commands have stand once, at the top. */
export function commandsDocument({ commands }) {
  const shown = Object.entries(commands).filter(([, { hidden }]) => hidden !== true);
  const list = shown.find(([id]) => id === 'whoami')[1];
  const general = new Set(Object.keys(list.flags));
  const head = [
    '# All commands',
    '',
    'Written by `npm run build`. How they behave together is told in [cli.md](cli.md).',
    '',
    'Flags of most commands:',
    '',
    '| flag | |',
    '| --- | --- |',
    ...Object.entries(list.flags).map(flagRow),
    '',
  ];
  return `${[...head, ...shown.flatMap((command) => section(command, general))].join('\n').trimEnd()}\n`;
}
