import { expect, it } from 'vitest';
import { killPlanes } from './plane-kills.ts';

it('the built program loses and halves nothing that it acknowledged when it is killed', async () => {
  const report = await killPlanes(10);
  expect(report.kills).toBe(10);
  expect(report.acknowledged).toBeGreaterThan(20);
});
