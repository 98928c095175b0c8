import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { detachSlice } from '../../../src/core/text/detach-slice.ts';

it('returns an equal text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(detachSlice(text)).toBe(text);
    }),
  );
  expect(detachSlice('\ud800a\udc00\u2028"\\')).toBe('\ud800a\udc00\u2028"\\');
});
