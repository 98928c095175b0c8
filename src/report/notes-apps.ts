import type { Day } from '../core/dates/day.ts';
import { weekdayOf } from '../core/dates/day.ts';
import type { Head } from '../core/notes/reflection.ts';
import { bigFrom } from '../core/search/summary.ts';
import { uuidOf } from '../core/notes/uuid.ts';
import type { Words } from '../world/world.ts';
import { calledOf } from './pages/summary-report.ts';
import type { ReportItem } from './pages/summary-report.ts';
import { jsonText } from './text/json-text.ts';
import { orgTitle, orgVerbatim } from './text/org-text.ts';

/**
 * Writes todo.txt: one line each, which begins with the day of the session, so that no title begins it with a
 * priority or an `x`. The id stands at the end, and `t:` is the day until which it rests.
 */
export function summaryTodoTxt(items: readonly ReportItem[], words: Words): string {
  return items
    .map(({ item, sentence }) => {
      const { head } = item;
      const text = todoText(calledOf(item, words));
      const said =
        sentence === undefined ? '' : ` ${words('summary.quote', { sentence: todoText(sentence) })}`;
      return `${head.session} ${text}${said} @${words('summary.project')} ${resting(head, ' t:')}id:${oneLine(head.id).replaceAll(' ', '_')}`;
    })
    .join('\n');
}

/**
 * Writes what `task import -` of Taskwarrior reads. The uuid comes from the id: importing again changes what
 * is there and adds nothing.
 */
export function summaryTaskwarrior(items: readonly ReportItem[], words: Words): string {
  return jsonText(
    items.map(({ item, sentence }) => {
      const { head } = item;
      const entry = atNoon(head.session);
      return {
        uuid: uuidOf(head.id),
        status: head.restUntil === undefined ? 'pending' : 'waiting',
        description: taskText(calledOf(item, words)),
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
 * Writes Org: a heading each with a drawer of properties, the sentence as verbatim lines. What Org would take
 * for its own is broken up by an unseen space (U+200B), as its manual has it.
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
        `* TODO ${orgTitle(oneLine(calledOf(item, words)))} :${words('summary.project')}:`,
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

function resting({ restUntil }: Head, key: string): string {
  return restUntil === undefined ? '' : `${key.trim()}${restUntil} `;
}

/** A day as Taskwarrior keeps it, in UTC: noon where this machine is, since there it is shown. */
function atNoon(day: Day): string {
  const noon = new Date(`${day}T12:00:00`);
  return `${noon.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function weekday(day: Day, words: Words): string {
  return words(`dates.weekdays.${weekdayOf(day)}`);
}

// Contexts and projects (`@mum`, `+1`) and pairs (`t:2099-01-01`, `h:1`), which apps hide or file a line by.
// An unseen space (U+200B) breaks them up. An address stays whole.
function todoText(text: string): string {
  return oneLine(text).replace(
    /(?<![^\s("“'])[@+](?=\S)|(?<=\p{L}[\p{L}\p{N}_-]{0,40}):(?=[^\s/:])/gu,
    mark => `\u200b${mark}`,
  );
}

// What can't be seen has no place on a line that other programs split.
function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

function lines(text: string): readonly string[] {
  return text
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029\u0085\u000b\u000c]/)
    .map(line => line.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, ' '));
}

// Taskwarrior keeps brackets and quotes as &open; and &dquot; and reads those as such again.
function taskText(text: string): string {
  return oneLine(text).replace(/&(?=(?:open|close|dquot|squot|colon);)/g, '&\u200b');
}
