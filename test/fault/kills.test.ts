import { expect, it } from 'vitest';
import { killWriters } from './kills.ts';

it('loses and halves nothing that was acknowledged when the writing process is killed', async () => {
  const report = await killWriters(10);
  expect(report.kills).toBe(10);
  expect(report.acknowledged).toBeGreaterThan(100);
});
