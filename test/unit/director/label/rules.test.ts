import { expect, it } from 'vitest';
import { checkLabelInput } from '../../../../src/director/label/rules.ts';

it.each([
  ['k'.repeat(257), 'the length must be no more than 256'],
  ['-'.repeat(257), 'the length must be no more than 256'],
  ['-'.repeat(256), 'must be in a valid format'],
])('a key of a label is judged by its length before its form: %s', (key, fault) => {
  expect(() => checkLabelInput(key, 'v')).toThrow(`Invalid data LabelInput [key=${fault}]`);
});
