import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { uuidOf } from '../../src/core/notes/uuid.ts';
import { openHome } from '../e2e/support/home.ts';
import type { Home, Ran } from '../e2e/support/home.ts';
import { openPacked } from '../support/packed.ts';
import { formatNote } from '../../src/storage/format/note-text.ts';
import { hasPrograms } from '../support/needs.ts';
import { fill, notes, reflectionOf, seen, titles } from './hard-notes.ts';

// Checks what the real programs read from our output, with the command lines of the README.
let rupture = '';
beforeAll(async () => {
  ({ rupture } = await openPacked());
}, 300_000);

function home(): Home {
  const made = openHome(rupture);
  fill(made);
  return made;
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** Returns the command line of a README section that has a word; the tests run that line. */
function line(word: string): string {
  const section = /^## Into your notes app\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
  const found = section
    .split('\n')
    .find(
      one =>
        !one.startsWith('#') &&
        one.includes('rupture ') &&
        one.includes(word) &&
        !one.startsWith('|') &&
        !one.startsWith('-'),
    );
  if (found === undefined) throw new Error(`the README has no line with ${word}`);
  return found.replace(/\s+# .*$/, '');
}

function ok(ran: Ran): string {
  if (ran.code !== 0) throw new Error(`${ran.code}: ${ran.err}${ran.out}`);
  return ran.out;
}

const sorted = (texts: readonly string[]): readonly string[] => texts.toSorted();
const all = (flags: string, command: string): string =>
  command.replace('rupture summary', `rupture summary --include-resting ${flags}`);

describe.skipIf(!hasPrograms('what Taskwarrior reads', 'task'))('Taskwarrior', () => {
  interface Task {
    readonly uuid: string;
    readonly description: string;
    readonly project: string;
    readonly status: string;
    readonly wait?: string;
    readonly annotations: readonly { readonly description: string }[];
  }
  /** Returns noon on this machine, as Taskwarrior stores it. */
  const noon = (day: string): string => new Date(`${day}T12:00:00`).toISOString().replace(/[-:]|\.000/g, '');
  const tasksIn = (at: Home): readonly Task[] => JSON.parse(ok(at.shell('task rc.verbose=nothing export')));

  it('gives its tasks back: those that came from here are here, the others become moments', () => {
    const at = home();
    writeFileSync(join(at.env['HOME'] ?? '', '.taskrc'), '');
    ok(at.shell(all('', line('task import'))));
    ok(
      at.shell(
        'task rc.verbose=nothing add project:therapy +hard Ask about "the clock"; task rc.verbose=nothing clock annotate It was twice.',
      ),
    );
    ok(at.shell('task rc.verbose=nothing add Done; task rc.verbose=nothing rc.confirmation=no Done done'));
    ok(at.shell('task rc.verbose=nothing export > tasks.json'));
    const before = at.notes().length;
    const ran = at.run(['import', 'tasks.json']);
    expect([ran.code, ran.err.replace(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringContaining(
        `it is done. 1 note added. ${titles.length} were here already. 1 was left out.`,
      ),
    ]);
    expect(at.notes()).toHaveLength(before + 1);
    expect(at.run(['search', 'twice']).out).toContain('Ask about the clock');
    expect(at.run(['import', 'tasks.json']).err).toContain('0 notes added.');
  });

  it('reads every moment, its sentence and the day it rests until', () => {
    const at = home();
    writeFileSync(join(at.env['HOME'] ?? '', '.taskrc'), '');
    ok(at.shell(all('', line('task import'))));
    const tasks = tasksIn(at);
    expect(sorted(tasks.map(({ description }) => seen(description)))).toEqual(sorted(titles.map(seen)));
    for (const note of notes) {
      const task = tasks.find(({ uuid }) => uuid === uuidOf(note.id));
      expect({
        description: seen(task?.description ?? ''),
        said: task?.annotations.map(({ description }) => seen(description)),
        project: task?.project,
        wait: task?.wait,
      }).toEqual({
        description: seen(note.title),
        said: [seen(note.sentence)],
        project: 'therapy',
        wait: note.rest === undefined ? undefined : noon('2099-12-24'),
      });
    }
    const counted = (filter: string): string =>
      ok(at.shell(`task rc.verbose=nothing ${filter} count`)).trim();
    const resting = notes.filter(({ rest }) => rest !== undefined).length;
    expect([counted('project:therapy'), counted('+WAITING'), counted('+PENDING -WAITING')]).toEqual([
      String(titles.length),
      String(resting),
      String(titles.length - resting),
    ]);
  });

  it.each(['Pacific/Auckland', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])(
    'has the days that the moments have, in %s',
    zone => {
      const at = home();
      writeFileSync(join(at.env['HOME'] ?? '', '.taskrc'), '');
      ok(at.shell(`export TZ=${zone}; ${all('', line('task import'))}`));
      for (const { id, session, rest } of notes) {
        const read = ok(
          at.shell(`TZ=${zone} task rc.verbose=nothing _get ${uuidOf(id)}.entry ${uuidOf(id)}.wait`),
        )
          .trim()
          .split(' ');
        expect(read).toEqual([`${session}T12:00:00`, ...(rest === undefined ? [] : [`${rest}T12:00:00`])]);
      }
    },
  );

  it('has no duplicates after a second import, and accepts a change', () => {
    const at = home();
    writeFileSync(join(at.env['HOME'] ?? '', '.taskrc'), '');
    const command = all('', line('task import'));
    ok(at.shell(command));
    const before = tasksIn(at);
    ok(at.shell(command));
    const again = tasksIn(at);
    expect(again.map(({ uuid, description, annotations }) => ({ uuid, description, annotations }))).toEqual(
      before.map(({ uuid, description, annotations }) => ({ uuid, description, annotations })),
    );
    const path = join(at.folder, at.notes()[0] ?? '');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^title: .*$/m, 'title: Another title'));
    ok(at.shell(command));
    expect([
      tasksIn(at).length,
      tasksIn(at).filter(({ description }) => description === 'Another title').length,
    ]).toEqual([titles.length, 1]);
  });

  it('reads an empty list if nothing is unresolved', () => {
    const at = openHome(rupture);
    writeFileSync(join(at.env['HOME'] ?? '', '.taskrc'), '');
    expect(at.shell(line('task import')).code).toBe(0);
    expect(tasksIn(at)).toEqual([]);
  });
});

describe.skipIf(!hasPrograms('what todo.txt reads', 'todo-txt'))('todo.txt', () => {
  it('has a line a moment, none done and none with a priority, each in the context and with its id', () => {
    const at = home();
    ok(at.shell(all('', line('todo.txt'))));
    const config = join(at.root, 'todo.cfg');
    writeFileSync(
      config,
      'export TODO_DIR="$HOME"\nexport TODO_FILE="$TODO_DIR/todo.txt"\nexport DONE_FILE="$TODO_DIR/done.txt"\nexport REPORT_FILE="$TODO_DIR/report.txt"\n',
    );
    const todo = (args: string): string => ok(at.shell(`todo-txt -p -d '${config}' ${args}`));
    const listed = todo('ls')
      .split('\n')
      .filter(one => /^\d+ /.test(one));
    expect(sorted(listed.map(one => seen(/^\d+ \d{4}-\d\d-\d\d (.*) “/.exec(one)?.[1] ?? one)))).toEqual(
      sorted(titles.map(seen)),
    );
    expect(sorted(listed.map(one => / id:(\w+)$/.exec(one)?.[1] ?? ''))).toEqual(
      sorted(notes.map(({ id }) => id)),
    );
    expect(listed.filter(one => one.includes(' t:2099-12-24 '))).toHaveLength(
      notes.filter(({ rest }) => rest !== undefined).length,
    );
    // No word of a title or a sentence is a context, a project, or a pair that hides the line.
    expect(todo('lsc').trim()).toBe('@therapy');
    expect(todo('lsprj').trim()).toBe('');
    const pairs = listed.flatMap(one => one.match(/(?<![^\s(“"'])[^\s:(“"']+:[^\s:/]+/g) ?? []);
    expect(
      new Set(pairs.map(pair => pair.replace(/:.*/, '')).filter(name => /^\p{L}[\w-]*$/u.test(name))),
    ).toEqual(new Set(['id', 't']));
    expect(todo('ls @therapy')).toContain(`TODO: ${titles.length} of ${titles.length} tasks shown`);
    expect(todo('lsp')).toContain('TODO: 0 of');
    expect(todo('-a do 1')).toContain('1 marked as done');
  });
});

describe.skipIf(!hasPrograms('what Org reads', 'emacs'))('Org', () => {
  const lisp = `
(require 'org) (require 'org-id) (require 'json)
(let ((found nil))
  (with-temp-buffer
    (insert-file-contents (pop command-line-args-left))
    (org-mode)
    (org-map-entries (lambda ()
      (push (list (org-current-level) (org-get-todo-state) (substring-no-properties (nth 4 (org-heading-components))) (vconcat (mapcar 'substring-no-properties (org-get-tags nil t)))
        (org-entry-get nil "ID") (org-entry-get nil "MOMENT") (org-entry-get nil "SCHEDULED") (org-entry-get nil "DEADLINE") (org-entry-get nil "PRIORITY") (org-in-commented-heading-p)
        (substring-no-properties (or (progn (org-end-of-meta-data t) (buffer-substring (point) (save-excursion (outline-next-heading) (point)))) "")))
        found)))
    (goto-char (point-min))
    (let ((times (org-element-map (org-element-parse-buffer) 'timestamp (lambda (one) (org-element-property :raw-value one)))))
      (princ (json-encode (list (vconcat (mapcar 'vconcat (nreverse found))) (vconcat times)))))))`;

  it('reads a heading to do for each, with its properties, and takes nothing in the texts for its own', () => {
    const at = home();
    mkdirSync(join(at.env['HOME'] ?? '', 'org'));
    ok(at.shell(all('', line('.org'))));
    const file = join(at.env['HOME'] ?? '', 'org/therapy.org');
    writeFileSync(join(at.root, 'read.el'), lisp);
    const out = ok(at.shell(`emacs --batch -Q -l read.el '${file}'`));
    const [entries, times]: [
      readonly (readonly [
        number,
        string,
        string,
        readonly string[],
        string,
        string,
        string | null,
        string | null,
        string,
        boolean | null,
        string,
      ])[],
      readonly string[],
    ] = JSON.parse(out);
    expect(sorted(entries.map(entry => seen(entry[2])))).toEqual(sorted(titles.map(seen)));
    for (const note of notes) {
      const [level, todo, title, tags, id, , scheduled, deadline, priority, commented, body] =
        entries.find(entry => entry[5] === note.id) ?? [];
      expect({
        level,
        todo,
        title: seen(title ?? ''),
        tags,
        id,
        scheduled,
        deadline,
        priority,
        commented,
        body: seen((body ?? '').replace(/^: ?/gm, '')),
      }).toEqual({
        level: 1,
        todo: 'TODO',
        title: seen(note.title),
        tags: ['therapy'],
        id: uuidOf(note.id),
        scheduled: note.rest === undefined ? null : '<2099-12-24 Thu>',
        deadline: null,
        priority: 'B',
        commented: null,
        body: seen(note.sentence),
      });
    }
    // Those of the planning line are properties; one in a text would be here.
    expect(times).toEqual([]);
  });
});

describe.skipIf(!hasPrograms('what Org reads', 'emacs'))('Org and a title that it could act on', () => {
  const acting = [
    'src_emacs-lisp{(write-region "" nil "pwned")}',
    'so src_emacs-lisp[:results raw]{(write-region "" nil "pwned")}.',
    '_src_sh{touch pwned}',
    'call_f(1)',
    'call_f[:x](1)[:y]',
    '{{{m(x)}}}',
    '{{{eval}}}',
    '[[elisp:(f)][x]]',
    '<elisp:(f)>',
    'elisp:(f)',
    'shell:ls',
    'file:/etc/passwd',
    'mailto:a@b',
    'id:k3f9qa',
    'see (shell:ls)',
    'https://x.y/src_sh{touch',
    'x_https://src_sh{touch pwned}',
    '<2026-05-01 Fri>',
    '[2026-05-01 Fri]',
    '<%%(write-region "" nil "pwned")>',
    '<2026-05-01>--<2026-05-02>',
    '[fn:1]',
    '[fn::x]',
    '[cite:@x]',
    '[cite/t:see @x]',
    '@@html:<script>@@',
    '@@comment:x@@',
    '<<x>>',
    '<<<they>>>',
    '[1/2]',
    '[/]',
    '[50%]',
    '[#A] x',
    'TODO DONE x',
    'COMMENT x',
    'x :a:',
    'x :a:b@c:',
    ':a:',
    '** x',
    '#+begin_src sh',
    '#+call: f',
    '| a | b |',
    '- [ ] x',
    ': x',
    '%%(f)',
    'x \\\\',
    '\\alpha',
    '\\input{/etc/passwd}',
    '\\end{verbatim}\\input{/etc/passwd}',
    '\\(x\\)',
    '\\[x\\]',
    '\\begin{x}',
    '$x$',
    '$$x$$',
    'it cost $5 and $6',
    '$\\input{x}$',
    'a_b',
    'a_{b}',
    'x^2',
    'x^*',
    '*b*',
    '"*b*"',
    '/i/',
    '_u_',
    '=v=',
    '~c~',
    '+s+',
  ];
  const lisp = `
(require 'org) (require 'ox-html) (require 'ox-latex) (require 'json)
(setq org-confirm-babel-evaluate nil org-export-use-babel t)
(let ((objects nil) (headings nil))
  (with-temp-buffer
    (insert-file-contents (pop command-line-args-left))
    (org-mode)
    (org-element-map (org-element-parse-buffer) (remq 'plain-text org-element-all-objects)
      (lambda (one)
        (let ((from (org-element-property :begin one)) (to (org-element-property :end one)))
          (push (vector (symbol-name (org-element-type one)) (buffer-substring-no-properties from to))
            objects)))
      nil nil nil t)
    (org-map-entries (lambda ()
      (let ((title (nth 4 (org-heading-components))) (tags (org-get-tags nil t)))
        (push (vector (substring-no-properties title) (org-get-todo-state)
          (vconcat (mapcar 'substring-no-properties tags)) (nth 3 (org-heading-components))) headings))))
    (org-babel-execute-buffer)
    (let ((html (org-export-as 'html nil nil t)) (latex (org-export-as 'latex nil nil t)))
      (princ (json-encode (list (vconcat (nreverse objects)) (vconcat (nreverse headings)) html latex))))))`;

  it('interprets nothing, shows each title unchanged, and runs nothing on export', () => {
    const at = openHome(rupture);
    mkdirSync(at.folder, { recursive: true, mode: 0o700 });
    const texts = acting.map((title, index) => ({
      id: `k${String(index).padStart(3, '0')}aa`,
      title,
      sentence: title,
      session: '2026-01-01',
    }));
    for (const note of texts) writeFileSync(join(at.folder, `${note.id}.md`), formatNote(reflectionOf(note)));
    writeFileSync(join(at.root, 'titles.org'), ok(at.run(['summary', '--format', 'org'])));
    writeFileSync(join(at.root, 'act.el'), lisp);
    const [objects, headings, html, latex] = JSON.parse(
      ok(at.shell('emacs --batch -Q -l act.el titles.org')),
    );
    expect(
      objects.filter(([kind, text]: readonly string[]) => kind !== 'link' || !text?.startsWith('https://')),
    ).toEqual([]);
    expect(
      headings.map(([title, ...more]: readonly unknown[]) => [seen(String(title)), ...more]).toSorted(),
    ).toEqual(acting.map(title => [seen(title), 'TODO', ['therapy'], null]).toSorted());
    expect(readdirSync(at.root).filter(name => name.includes('pwned'))).toEqual([]);
    expect(html).not.toMatch(/<script>|<b>b<|<i>i<|<code>/);
    expect(String(latex).replace(/\\begin\{verbatim\}[\s\S]*?\\end\{verbatim\}/g, '')).not.toMatch(
      /\\input\{|\$x/,
    );
  });
});

describe.skipIf(!hasPrograms('what pandoc reads', 'pandoc'))('pandoc', () => {
  it.each(['gfm', 'commonmark+task_lists'])('reads the to-dos as to-dos, in %s', format => {
    const at = home();
    const html = ok(
      at.shell(`${all('--format tasks', 'rupture summary')} | pandoc -f ${format} -t html --wrap=none`),
    );
    // A sentence may have its own list.
    const items = html
      .replace(/<blockquote>[\s\S]*?<\/blockquote>/g, '')
      .split(/<li>/)
      .slice(1);
    expect(items).toHaveLength(titles.length);
    for (const item of items) expect(item).toMatch(/type="checkbox"|☐/);
    expect(html.match(/<blockquote>/g)).toHaveLength(titles.length);
    const text = seen(
      ok(at.shell(`${all('--format tasks', 'rupture summary')} | pandoc -f ${format} -t plain --wrap=none`)),
    );
    for (const title of titles) expect(text).toContain(seen(title));
  });

  it('reads front matter, and each answer below its heading', () => {
    const at = home();
    for (const note of notes) {
      const name = `${note.session}-${note.id}.md`;
      const read = JSON.parse(
        ok(at.shell(`pandoc -f commonmark_x+yaml_metadata_block -t json '${join(at.folder, name)}'`)),
      );
      const headings = read.blocks
        .filter((block: { readonly t: string }) => block.t === 'Header')
        .map((block: { readonly c: readonly [number] }) => block.c[0]);
      expect({ name, id: read.meta.id.c[0].c, headings }).toEqual({ name, id: note.id, headings: [1, 2, 2] });
    }
  }, 60_000);
});

describe('a file of Markdown', () => {
  it('is made by the line of the README, with every moment in it', () => {
    const at = home();
    ok(at.shell(line('therapy.md')));
    expect(readFileSync(join(at.env['HOME'] ?? '', 'therapy.md'), 'utf8').match(/^- \[ \] /gm)).toHaveLength(
      notes.filter(({ rest }) => rest === undefined).length,
    );
  });

  it('in a vault of Obsidian gets to-dos added, with the day last', () => {
    const at = home();
    mkdirSync(join(at.env['HOME'] ?? '', 'vault'));
    const command = line('vault/');
    ok(at.shell(command));
    ok(at.shell(command));
    const text = readFileSync(join(at.env['HOME'] ?? '', 'vault/Therapy.md'), 'utf8');
    const count = 2 * notes.filter(({ rest }) => rest === undefined).length;
    expect(text.match(/^- \[ \] .* ➕ \d{4}-\d\d-\d\d$/gmu)).toHaveLength(count);
    // What the Tasks plugin takes for a to-do, a tag or a date is ours.
    expect(text.match(/^[\s>]*(?:[-*+]|\d+[.)]) +\[.\]/gmu)).toHaveLength(count);
    expect(text.match(/(?<!\S)#(?!\u200b)[^\s#]+|%%/gu)).toBeNull();
    expect(text.match(/[📅⏳🛫✅❌🔁🔺⏫🔼🔽⏬🆔⛔](?!\u200b)/gu)).toBeNull();
  });
});

// Two minutes and 279 MB to install (`npm install -g joplin@3.5.1`, with libsecret-1-dev): only when it is
// asked for.
describe.skipIf(process.env['RUPTURE_JOPLIN'] !== '1')('Joplin', () => {
  it('takes the folder of the notes over, each with its title', () => {
    if (!hasPrograms('what Joplin reads', 'joplin'))
      throw new Error('RUPTURE_JOPLIN=1, and there is no joplin');
    const at = home();
    ok(at.shell(line('joplin')));
    const out = join(at.root, 'out');
    ok(at.shell(`joplin export --format md_frontmatter '${out}'`));
    expect(existsSync(out)).toBe(true);
    const text = ok(at.shell(`cat '${out}'/*/*.md`));
    for (const { sentence } of notes) expect(seen(text)).toContain(seen(sentence.split('\n')[0] ?? ''));
    expect(text.match(/^## One sentence$/gm)).toHaveLength(notes.length);
  }, 120_000);
});
