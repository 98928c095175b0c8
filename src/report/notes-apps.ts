import type { Day } from '../core/dates/day.ts';
import { weekdayOf } from '../core/dates/day.ts';
import type { Head } from '../core/notes/reflection.ts';
import { bigFrom } from '../core/search/summary.ts';
import { uuidOf } from '../core/notes/uuid.ts';
import type { Words } from '../world/world.ts';
import { nameOfItem } from './pages/summary-report.ts';
import type { ReportItem } from './pages/summary-report.ts';
import { jsonText } from './text/json-text.ts';
import { orgTitle, orgVerbatim } from './text/org-text.ts';

/**
 * Returns todo.txt, one line per item. Each line begins with the day of the session, so that a title can't
 * begin it with a priority or an `x`. `t:` is the day until which the item rests; the id comes last.
 */
export function summaryTodoTxt(items: readonly ReportItem[], words: Words): string {
  return items
    .map(({ item, sentence }) => {
      const { head } = item;
      const text = todoText(nameOfItem(item, words));
      const quote =
        sentence === undefined ? '' : ` ${words('summary.quote', { sentence: todoText(sentence) })}`;
      return `${head.session} ${text}${quote} @${words('summary.project')} ${restingField(head, ' t:')}id:${oneLine(head.id).replaceAll(' ', '_')}`;
    })
    .join('\n');
}

/**
 * Returns JSON for Taskwarrior's `task import -`. The uuid is derived from the note's id, so importing again
 * updates the tasks instead of adding new ones.
 */
export function summaryTaskwarrior(items: readonly ReportItem[], words: Words): string {
  return jsonText(
    items.map(({ item, sentence }) => {
      const { head } = item;
      const entry = atNoon(head.session);
      return {
        uuid: uuidOf(head.id),
        status: head.restUntil === undefined ? 'pending' : 'waiting',
        description: taskText(nameOfItem(item, words)),
        entry,
        project: words('summary.project'),
        ...(head.restUntil === undefined ? {} : { wait: atNoon(head.restUntil) }),
        ...(sentence === undefined ? {} : { annotations: [{ entry, description: taskText(sentence) }] }),
      };
    }),
    2,
  );
}

/**
 * Returns Org: a heading per item with a drawer of properties, and the sentence as verbatim lines. A
 * zero-width space (U+200B) breaks up whatever Org would read as markup, as its manual recommends.
 */
export function summaryOrg(items: readonly ReportItem[], words: Words): string {
  return items
    .map(({ item, sentence }) => {
      const { head } = item;
      const facts = [
        ['ID', uuidOf(head.id)],
        ['MOMENT', oneLine(head.id)],
        ['STATUS', head.status ?? ''],
        ['SIZE', head.size === undefined ? '' : String(head.size)],
        ['BIG', (head.size ?? 0) >= bigFrom ? 't' : ''],
        ['CREATED', `[${head.session} ${weekday(head.session, words)}]`],
      ]
        .filter(([, value]) => value !== '')
        .map(([name, value]) => `:${name}: ${value}`);
      return [
        `* TODO ${orgTitle(oneLine(nameOfItem(item, words)))} :${words('summary.project')}:`,
        ...(head.restUntil === undefined
          ? []
          : [`SCHEDULED: <${head.restUntil} ${weekday(head.restUntil, words)}>`]),
        ':PROPERTIES:',
        ...facts,
        ':END:',
        ...(sentence === undefined ? [] : lines(sentence).map(line => `: ${orgVerbatim(line)}`.trimEnd())),
      ].join('\n');
    })
    .join('\n');
}

function restingField({ restUntil }: Head, key: string): string {
  return restUntil === undefined ? '' : `${key.trim()}${restUntil} `;
}

/** Returns noon of a day in Taskwarrior's format (UTC): local noon, since Taskwarrior shows local times. */
function atNoon(day: Day): string {
  const noon = new Date(`${day}T12:00:00`);
  return `${noon.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function weekday(day: Day, words: Words): string {
  return words(`dates.weekdays.${weekdayOf(day)}`);
}

// Breaks up contexts, projects (`@mum`, `+1`) and pairs (`t:2099-01-01`, `h:1`) with a zero-width space
// (U+200B), because apps hide or file a line by them. Leaves web addresses unchanged.
function todoText(text: string): string {
  return oneLine(text).replace(
    /(?<![^\s("“'])[@+](?=\S)|(?<=\p{L}[\p{L}\p{N}_-]{0,40}):(?=[^\s/:])/gu,
    mark => `\u200b${mark}`,
  );
}

// Replaces white space and control characters, because other programs split the line at them.
function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

function lines(text: string): readonly string[] {
  return text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029\u0085\u000b\u000c]/)
    .map(line => line.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, ' '));
}

// Taskwarrior stores brackets and quotes as `&open;` and `&dquot;`, and would decode these in a text too.
function taskText(text: string): string {
  return oneLine(text).replace(/&(?=(?:open|close|dquot|squot|colon);)/g, '&\u200b');
}
