/** Every recorded story against a plane in this process. What does not pass yet is listed by step, with the reason, and the list must be exactly right. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { play } from './plane.ts';

interface NotYet {
  readonly steps: readonly number[];
  readonly why: string;
}

const stories = readdirSync(new URL('./scenarios/', import.meta.url))
  .map((file) => file.replace(/\.json$/, ''))
  .sort();
const notYet = JSON.parse(readFileSync(new URL('./not-yet.json', import.meta.url), 'utf8')) as Record<string, NotYet>;

describe('recorded stories', () => {
  for (const story of stories) {
    const expected = notYet[story];
    it(expected ? `${story} (steps ${expected.steps.join(', ')} not yet: ${expected.why})` : story, async () => {
      const wrong = (await play(story)).filter((result) => result.problem);
      if (!expected) expect(wrong).toEqual([]);
      else
        expect(
          wrong.map((result) => result.step),
          'test/conformance/not-yet.json lists other steps',
        ).toEqual(expected.steps);
    });
  }

  it('lists only stories that there are, each with a reason', () => {
    for (const [story, { steps, why }] of Object.entries(notYet)) {
      expect(stories).toContain(story);
      expect(steps.length).toBeGreaterThan(0);
      expect(why).not.toBe('');
    }
  });
});
