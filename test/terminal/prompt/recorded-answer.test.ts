import { describe, expect, it } from 'vitest';
import { isRecorded, recordLine, shrunkLine } from '../../../src/terminal/prompt/question-lines.ts';
import { widthOf } from '../../../src/terminal/text/width.ts';
import { screen } from '../screens.ts';
import { theme } from '../voice.ts';

const text = screen('text', { label: 'What happened' });

describe('the line of an answer', () => {
  it('marks an answer that differs from the record, however long it is', () => {
    expect(shrunkLine(text, 'They sighed.', theme, 80)).toBe('  What happened   They sighed.');
    const changed = { ...text, recorded: 'They left.' };
    expect(shrunkLine(changed, 'They sighed.', theme, 80)).toBe('  What happened   They sighed. (changed)');
    expect(shrunkLine(changed, undefined, theme, 80)).toBe('  What happened   skipped (changed)');
    for (const columns of [30, 60, 80]) {
      const line = shrunkLine(changed, '長い話 '.repeat(40), theme, columns);
      expect(line).toMatch(/… \(changed\)$/);
      expect(widthOf(line)).toBeLessThan(columns);
    }
  });
  it('is not repeated for the same answer', () => {
    expect(isRecorded({ ...text, recorded: ['a', 'b'] }, ['a', 'b'])).toBe(true);
    expect(isRecorded({ ...text, recorded: ['a', 'b'] }, ['b', 'a'])).toBe(false);
    expect(isRecorded({ ...text, recorded: null }, undefined)).toBe(true);
    expect(isRecorded({ ...text, recorded: null }, 'x')).toBe(false);
    expect(isRecorded(text, undefined)).toBe(false);
  });
  it('of an earlier run is a single line', () => {
    expect(recordLine({ label: 'What happened', value: 'One\ntwo' }, theme, 80)).toBe(
      '  What happened   One two',
    );
    expect(recordLine({ label: '… 3 more before', value: '' }, theme, 80)).toBe('  … 3 more before');
  });
});
