/** How far an operation is, for people: one line that changes on a terminal, a line for each stage elsewhere. */
import type { Host } from '../frame/host.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const CLEAR = '\r\u001B[2K';

export interface Progress {
  /** `step` of `steps` where they are known; `since` in milliseconds of the epoch. */
  stage(name: string, step: number, steps: number, since: number): void;
  /** Something that is to stay on the screen. */
  line(text: string): void;
  done(): void;
}

const elapsed = (since: number) => {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const bar = (step: number, steps: number) =>
  steps > 0 ? `${'█'.repeat(step)}${'░'.repeat(Math.max(0, steps - step))} ${step}/${steps} ` : '';

export function progressOn({ stderr, env }: Host, quiet: boolean): Progress {
  if (quiet) return { stage: () => {}, line: () => {}, done: () => {} };
  if (stderr.isTTY !== true || env.TERM === 'dumb') {
    let last = '';
    return {
      stage(name, step, steps) {
        if (name !== last) stderr.write(`${steps > 0 ? `${step}/${steps} ` : ''}${name}\n`);
        last = name;
      },
      line: (text) => void stderr.write(`${text}\n`),
      done: () => {},
    };
  }
  let draw = () => {};
  let frame = 0;
  const timer = setInterval(() => draw(), 100);
  timer.unref();
  return {
    stage(name, step, steps, since) {
      draw = () => {
        frame = (frame + 1) % FRAMES.length;
        stderr.write(
          `${CLEAR}${FRAMES[frame]} ${bar(step, steps)}${name} ${elapsed(since)}`.slice(0, CLEAR.length + (stderr.columns ?? 80) - 1),
        );
      };
      draw();
    },
    line(text) {
      stderr.write(`${CLEAR}${text}\n`);
      draw();
    },
    done() {
      clearInterval(timer);
      stderr.write(CLEAR);
    },
  };
}
