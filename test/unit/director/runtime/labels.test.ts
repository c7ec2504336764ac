import { describe, expect, it } from 'vitest';
import { labelsFromInput } from '../../../../src/director/runtime/labels.ts';

const key = (length: number) => 'k'.repeat(length);

describe('labels of an input', () => {
  it('have keys of at most 256 characters', () => {
    expect(labelsFromInput({ [key(256)]: 1 })).toEqual({ [key(256)]: 1, isNormalized: 'true' });
    expect(() => labelsFromInput({ [key(257)]: 1 })).toThrow('the key of a label must be no more than 256 characters');
  });

  it('have no bounds where they are dropped anyway', () => {
    expect(labelsFromInput({ [`${key(300)}_defaultEventing`]: 'true' })).toEqual({ isNormalized: 'true' });
  });
});
