import { describe, expect, it } from 'vitest';
import { readPathName } from '../../../../src/core/import/entry/path-name.ts';
import { readingIn } from '../support.ts';

const reading = readingIn();

describe('readPathName', () => {
  it.each([
    ['v/2024-03-12.md', '2024-03-12', undefined],
    ['v/20240312.md', '2024-03-12', undefined],
    ['v/2024_03_12.md', '2024-03-12', undefined],
    ['v/2024.03.12.md', '2024-03-12', undefined],
    ['v/March 12th, 2024.md', '2024-03-12', undefined],
    ['v/Tuesday, March 12, 2024.md', '2024-03-12', undefined],
    ['v/2024-03-12 Tue.md', '2024-03-12', undefined],
    ['v/2024-03-12 - Tuesday.md', '2024-03-12', undefined],
    ['v/12. März 2024.md', '2024-03-12', undefined],
    ['v/Dienstag, 12. März 2024.md', '2024-03-12', undefined],
    ['v/202403121930 zettel.md', '2024-03-12', 'zettel'],
    ['v/20240312193059 Felt dismissed.md', '2024-03-12', 'Felt dismissed'],
    ['v/20240312T193005--felt-dismissed__therapy_k.md', '2024-03-12', 'felt dismissed'],
    ['v/2024-03-12 Felt dismissed by K.md', '2024-03-12', 'Felt dismissed by K'],
    ['v/Felt dismissed by K (2024-03-12).md', '2024-03-12', 'Felt dismissed by K'],
    ['v/Felt dismissed by K 2024-03-12.md', '2024-03-12', 'Felt dismissed by K'],
    ['v/2024-03-12-felt-dismissed-by-k.md', '2024-03-12', 'felt dismissed by k'],
    ['v/2024-03-12_felt_dismissed.md', '2024-03-12', 'felt dismissed'],
    ['v/2024-03-12T19-30-05 Walk.md', '2024-03-12', 'Walk'],
    ['v/2024-W11.md', '2024-03-11', undefined],
    ['v/2025-W01 review.md', '2024-12-30', 'review'],
    ['v/2024-03.md', '2024-03-01', undefined],
    ['v/March 2024.md', '2024-03-01', undefined],
    ['v/2024-Q2.md', '2024-04-01', undefined],
    ['v/2024.md', '2024-01-01', undefined],
    ['v/2024/03/12.md', '2024-03-12', undefined],
    ['2024/3/2.md', '2024-03-02', undefined],
    ['v/2024/03-March/12 Tuesday.md', '2024-03-12', undefined],
    ['v/2024/2024-03/12.md', '2024-03-12', undefined],
    ['v/2024/March/12 Walk.md', '2024-03-12', 'Walk'],
    ['v/2024/March 12.md', '2024-03-12', undefined],
    ['v/2024/12 March Walk.md', '2024-03-12', 'Walk'],
    ['v/The clock 0123456789abcdef0123456789abcdef.md', undefined, 'The clock'],
    ['v/The clock-5f0c1c7e-0000-4000-8000-000000000001.md', undefined, 'The clock'],
    ['v/K___sessions.md', undefined, 'K/sessions'],
    ['v/What%3A now%3F.md', undefined, 'What: now?'],
    ['v/100%.md', undefined, undefined],
    ['v/On the stairs.textbundle/text.md', undefined, 'On the stairs'],
    ['v/Untitled 3.md', undefined, undefined],
    ['v/a.md', undefined, undefined],
    ['v/会議.md', undefined, '会議'],
    ['v/Plans 2024.md', undefined, 'Plans 2024'],
    ['v/Room 12.md', undefined, 'Room 12'],
    ['v/Dr. Weber.md', undefined, 'Dr. Weber'],
    ['v/2024/Room 12.md', undefined, 'Room 12'],
    ['v/well-being.md', undefined, 'well-being'],
    ['v/03-04-2024.md', undefined, undefined],
  ])('%s', (path, day, title) => {
    const found = readPathName(path, reading);
    expect([found.when?.day, found.title]).toEqual([day, title]);
  });
});
