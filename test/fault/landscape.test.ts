import { expect, it } from 'vitest';
import { runLandscape } from './landscape/landscape.ts';

it('a landscape of all tempers ends as the model says, whenever the plane is killed', async () => {
  const report = await runLandscape(7, { systems: 22, formations: 3, kills: 2 });
  expect(report.differences).toEqual([]);
  expect(report.kills).toBeGreaterThan(0);
  expect(report.calls).toBeGreaterThan(150);
}, 120_000);
