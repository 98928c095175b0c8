import { Exit } from '../../errors.ts';
import { isAnyNotSafe, isAnyTherapistNotSafe } from '../../core/notes/not-safe.ts';
import { isOtherNote } from '../../core/notes/reflection.ts';
import { summarize } from '../../core/search/summary.ts';
import { isEachMetBadly } from '../../sessions/continue/newest-response.ts';
import { tellLeftOut } from '../../cli/show/report-unreadable.ts';
import { continuing } from '../../core/template/template.ts';
import { homePage } from '../../report/pages/home.ts';
import type { Home } from '../../report/pages/home.ts';
import type {
  Draft,
  NoteSummary,
  ClockPort,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  StorePort,
} from '../../world/world.ts';

/** On a terminal, shows the open notes and a next step on one screen. In a pipe, prints the help. */
export async function home(
  world: ClockPort & WordsPort & OutputPort & SettingsPort & TemplatesPort & StorePort,
  printHelp: () => void,
): Promise<Exit> {
  const { out, words, layout } = world;
  if (!out.isTerminal) {
    printHelp();
    return Exit.done;
  }
  const store = await world.openStore();
  const isNew = store.isNew();
  const index = isNew ? { moments: [], unreadable: [], copies: [] } : await store.scan();
  tellLeftOut(world, index);
  const drafts = await store.drafts.list();
  const draftEndedInHelp = drafts.find(({ endedInHelp }) => endedInHelp === true);
  const isSession = ({ head }: NoteSummary): boolean => head.status !== 'set-aside' && !isOtherNote(head);
  const sessions = index.moments
    .filter(isSession)
    .map(({ head }) => head.session)
    .sort();
  const summary = summarize(index.moments, world.now().day);
  const all = index.moments.map(({ head }) => head);
  const open = summary.items.map(({ head }) => head);
  // If nothing is unresolved, go by what the notes say about any therapist.
  const notSafe = open.length > 0 ? isAnyNotSafe(open, all) : isAnyTherapistNotSafe(all, all);
  const page: Home = {
    summary,
    notSafe,
    metBadly: await isEachMetBadly(world, store, summary.items),
    hasMoments: index.moments.length > 0,
    hasUnread: index.unreadable.length > 0,
    lastSession: sessions.at(-1),
    drafts: drafts.map(commandOf),
    afterHelp: draftEndedInHelp && commandOf(draftEndedInHelp),
  };
  out.line(homePage(page, words, out.style, { width: out.width, ...layout }));
  return Exit.done;
}

/** Returns the name of the command that resumes a draft. */
function commandOf({ template }: Draft): string {
  return continuing.includes(template) ? template : 'reflect';
}
