import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../src/core/text/title.ts';

describe('titleOf', () => {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['is the first sentence', 'They moved on. I said nothing.', 'They moved on'],
    ['ends with a question too', 'Why did they laugh? I asked.', 'Why did they laugh'],
    ['keeps dots within it', 'It was 3.5 minutes late. Again.', 'It was 3.5 minutes late'],
    ['keeps its quotes and brackets', 'They said "fine". (Twice.) Then left.', 'They said "fine"'],
    ['is the first line with words', '\n  ---\n\n  Then they left \n And I stayed', 'Then they left'],
    ['loses a full stop at its end', 'They left.', 'They left'],
    ['is one line of single spaces', 'They\t \u00a0 left', 'They left'],
    ['ends at a Chinese full stop, which no space follows', '他没有听我说。然后看了表。', '他没有听我说'],
    ['ends at a Japanese question mark', '聞いてた？もう一度言った。', '聞いてた'],
    ['is cut at a word near sixty characters', `${'word '.repeat(20)}end`, `${'word '.repeat(12).trim()} …`],
    ['is cut within a word that is longer than that', 'x'.repeat(90), `${'x'.repeat(60)} …`],
    ['is not cut at sixty', 'y'.repeat(60), 'y'.repeat(60)],
    ['counts characters, not code units', '😀'.repeat(30) + 'a'.repeat(30), '😀'.repeat(30) + 'a'.repeat(30)],
    ['loses control characters and direction marks', 'a\u001b[31mb\u0000c\u202ed\u2028e', 'a [31mb c d e'],
    ['is nothing without a letter or a number', ' ... \n--- 😀', undefined],
    ['is nothing of nothing', '', undefined],
  ];
  it.each(rows)('%s', (_name, text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  const sentences: readonly (readonly [string, string])[] = [
    // Abbreviations and initials
    ['Dr. Weber was late again.', 'Dr. Weber was late again'],
    ['Prof. Dr. med. Weber was late. Then left.', 'Prof. Dr. med. Weber was late'],
    ['dr. weber was late. i left.', 'dr. weber was late'],
    ['M. was late.', 'M. was late'],
    ['J. R. Smith said hello to me. Then left.', 'J. R. Smith said hello to me'],
    ['J.-P. said hello to me. Then left.', 'J.-P. said hello to me'],
    ['At 4 p.m. they ended it.', 'At 4 p.m. they ended it'],
    ['At 4 p.m. They ended it.', 'At 4 p.m. They ended it'],
    ['We stopped at 4 p.m.', 'We stopped at 4 p.m.'],
    ['They talk of the clock, etc. and so on. Bye.', 'They talk of the clock, etc. and so on'],
    ['We met in Jan. 2024 for the first time. Then no more.', 'We met in Jan. 2024 for the first time'],
    ['Hr. Müller kam bzw. ging zu spät. Dann nichts.', 'Hr. Müller kam bzw. ging zu spät'],
    ['Um 14.30 Uhr z. B. war es leer. Dann nichts.', 'Um 14.30 Uhr z. B. war es leer'],
    ['Mme. Dupont est en retard. Puis rien.', 'Mme. Dupont est en retard'],
    ['А. П. Чехов не слушал меня. Потом ушёл.', 'А. П. Чехов не слушал меня'],
    // Words that only look like abbreviations
    ['They said no. Then we stopped.', 'They said no'],
    ['So did I. They left early.', 'So did I'],
    ['They suggested DBT. I said no.', 'They suggested DBT'],
    // Numbers
    ['1. They were late. 2. I left.', '1. They were late'],
    ['2019. That was the year it began.', '2019. That was the year it began'],
    ['It was the year 2019. Then I left.', 'It was the year 2019'],
    ['Am 3. März kamen sie zu spät. Dann nichts.', 'Am 3. März kamen sie zu spät'],
    // Ellipses and several marks
    ["Well... I don't know what to say. Nothing.", "Well... I don't know what to say"],
    ['They waited… then laughed. Ok.', 'They waited… then laughed'],
    ['Are they serious?! Yes they are.', 'Are they serious'],
    // Quoted speech
    ['"Why?" they said. I left.', '"Why?" they said'],
    ['Why? they said to me. I left.', 'Why? they said to me'],
    ['「遅い。」彼は言った。それから。', '「遅い。」彼は言った'],
    // Other scripts
    ['वे देर से आए। फिर चले गए।', 'वे देर से आए'],
    ['لماذا تأخروا اليوم؟ لا أعرف.', 'لماذا تأخروا اليوم'],
    // Texts without capitals
    ['they were late. i said nothing.', 'they were late'],
    // Three words if the text has them
    ["No. I won't.", "No. I won't"],
    ['Silence. Again. They looked at the clock. I left.', 'Silence. Again. They looked at the clock'],
    ['好。他们走了。然后', '好。他们走了'],
    ['Silence.', 'Silence'],
    ['Monday\n\nThey were late again. I left.', 'Monday: They were late again'],
    ['No.\nI said that twice. Then left.', 'No. I said that twice'],
    // A sentence that continues on the next line
    [
      'They looked at the clock while I\r\nwas talking. Then they left.',
      'They looked at the clock while I was talking',
    ],
    ['They looked at the clock\n\nwas all I saw', 'They looked at the clock'],
  ];
  it.each(sentences)('of "%s" is "%s"', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });

  it('treats Latin letters like letters of all scripts', () => {
    for (let code = 0; code < 0x2070; code += 1) {
      const sign = String.fromCodePoint(code);
      // A letter of another script requires the full pattern. Where the sign is readable, it is the
      // third word.
      expect([sign, titleOf(`a b ${sign}${sign}. c d`)]).toEqual([
        sign,
        titleOf(`a b ${sign}${sign}. c d\n漢`),
      ]);
    }
  });

  it('does not end with a comma or a dash when it is cut', () => {
    expect(titleOf(`${'a'.repeat(40)} ${'b'.repeat(12)}, ${'c'.repeat(30)}`)).toBe(
      `${'a'.repeat(40)} ${'b'.repeat(12)} …`,
    );
  });

  it('finds a title even if a line starts with sixty dashes', () => {
    expect(titleOf(`${'-'.repeat(70)} they left`)).toMatch(/\S.*…$/u);
  });

  // Looked through to its end, this would take a minute: more than a test is given.
  it('stays fast on a huge text', () => {
    expect(titleOf(`a${'.'.repeat(200_000)}x`)).toBe(titleOf(`a${'.'.repeat(999)}`));
  });

  it('is one line, never empty, and at most about sixty characters long', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.string({
            unit: fc.constantFrom('a', ' ', '.', '。', '\n', '-', '\u0000', '"', '😀', '\ud800', 'é', ','),
            maxLength: 200,
          }),
        ),
        text => {
          const title = titleOf(text);
          expect(title === undefined).toBe(!/[\p{L}\p{N}]/u.test(text));
          expect(title ?? 'none').toMatch(/^\S(?:.*\S)?$/u);
          expect(title ?? '').not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
          expect([...(title ?? '')].length).toBeLessThanOrEqual(62);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
