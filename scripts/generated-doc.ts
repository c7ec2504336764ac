/** Documents that are made of the code: written, or compared with what is there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** With `--check` nothing is written: the script ends with 1 where the file is stale, and names what renews it. */
export function writeOrCheck(file: string, lines: readonly string[], renewedBy: string): void {
  const text = `${lines.join('\n').trimEnd()}\n`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${file} is stale, run \`${renewedBy}\`\n`);
    process.exit(1);
  }
}
