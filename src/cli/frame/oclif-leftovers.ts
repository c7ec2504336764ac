/**
 * Stands for packages that oclif loads at start and never reaches here: searching for command files, for plugins and for
 * package.json, spinners. Each costs part of every run.
 */
function unused(): never {
  throw new Error('a part of oclif was reached that the build leaves out');
}

export const glob = unused;
export const globSync = unused;
export const minimatch = unused;
export const lilconfig = unused;

const still = { interval: 1000, frames: ['-'] };
// oxlint-disable-next-line import/no-default-export -- cli-spinners has one
export default { dots: still, dots2: still, line: still };
