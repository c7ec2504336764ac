/** Closes a run with `N passed, N failed, N skipped` on a line of its own; a file that does not load counts as one failed. */
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[stateOf(test.result().state)]++;
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) count.failed++;
    }
    if (count.passed + count.failed === 0) process.exitCode = 1;
    process.on('exit', () => process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`));
  }
}

const stateOf = (state: string): 'passed' | 'failed' | 'skipped' => (state === 'passed' || state === 'failed' ? state : 'skipped');
