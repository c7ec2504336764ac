import { expect, it } from 'vitest';
import { checkLabelInput, shownLabels } from '../../../../src/director/label/rules.ts';

it.each([
  ['k'.repeat(257), 'the length must be no more than 256'],
  ['-'.repeat(257), 'the length must be no more than 256'],
  ['-'.repeat(256), 'must be in a valid format'],
])('a key of a label is judged by its length before its form: %s', (key, fault) => {
  expect(() => checkLabelInput(key, 'v')).toThrow(`Invalid data LabelInput [key=${fault}]`);
});

it('formations are shown to the tenant that they are of, and to who calls without one', () => {
  const record = { labels: { a: 1 }, scenarios: { T: ['f', 'g'], U: [] } };
  expect(shownLabels(record, 'T')).toEqual({ a: 1, scenarios: ['f', 'g'] });
  expect(shownLabels(record, 'U')).toEqual({ a: 1 });
  expect(shownLabels(record, undefined)).toEqual({ a: 1, scenarios: ['f', 'g'] });
});
