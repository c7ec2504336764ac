import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], more: object = {}) => ({ extends: true as const, test: { name, include, ...more } });

const POSTGRES = { globalSetup: './test/support/postgres-setup.ts' };

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    disableConsoleIntercept: true,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      // as long as a busy machine may need; nothing here waits for time to pass
      project('unit', ['test/unit/**/*.test.ts', 'test/cli/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('contract', ['test/contract/**/*.test.ts'], { testTimeout: 60_000, ...POSTGRES }),
      project('conformance', ['test/conformance/**/*.test.ts'], { testTimeout: 60_000 }),
      project('fault', ['test/fault/**/*.test.ts'], { testTimeout: 120_000, hookTimeout: 60_000, ...POSTGRES }),
      project('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false, ...POSTGRES }),
    ],
  },
});
