import { choiceFlag } from '../../cli/options/read-flags.ts';
import { Exit } from '../../errors.ts';
import { doctorJson, doctorMarkdown, doctorPlain, needsAction } from '../../report/pages/doctor-report.ts';
import type { DoctorResult, FindingResult } from '../../report/pages/doctor-report.ts';
import { allQuestions } from '../../cli/options/all-questions.ts';
import type {
  Finding,
  WordsPort,
  OutputPort,
  SettingsPort,
  TemplatesPort,
  PromptsPort,
  MaintenancePort,
} from '../../world/world.ts';

export interface DoctorOptions {
  readonly fix?: boolean;
  readonly format?: string;
}

const formats = ['markdown', 'plain', 'json'];

/**
 * Checks the folder and reports the findings; with `--fix`, makes the safe repairs and reports each of them.
 * Returns exit code 1 if a finding still needs action.
 */
export async function doctor(
  world: WordsPort & OutputPort & SettingsPort & TemplatesPort & PromptsPort & MaintenancePort,
  { fix = false, format: typed }: DoctorOptions,
): Promise<Exit> {
  const format = choiceFlag(world, '--format', typed, formats);
  const checker = await world.openDoctor();
  const result = await examine(world, fix, checker.folder);
  const { out, words } = world;
  const page = out.isTerminal && !world.plain();
  if (format === 'json') out.line(doctorJson(result, words));
  else if (format === 'plain' || (format === undefined && !page && out.isTerminal))
    out.wrapped(doctorPlain(result, words));
  else await out.markdown(`${doctorMarkdown(result, words)}\n`);
  if (checker.isNew()) world.messages.say(words('doctor.no_folder', { folder: checker.folder }));
  return result.found.some(needsAction) ? Exit.failed : Exit.done;
}

async function examine(
  world: WordsPort & SettingsPort & TemplatesPort & PromptsPort & MaintenancePort,
  fix: boolean,
  folder: string,
): Promise<DoctorResult> {
  const checker = await world.openDoctor();
  const progress = await world.openProgress();
  try {
    const { notes, findings } = await checker.diagnose((n, of) =>
      progress.show(() => world.words('doctor.progress', { n, of })),
    );
    const all = [...findings, ...(await hiddenUnknown(world))];
    return {
      folder,
      notes,
      found: all.map((finding): FindingResult => ({ finding, mended: fix && finding.mend?.work() === true })),
    };
  } finally {
    progress.end();
  }
}

// Finds ids in the setting `hide` that belong to no question.
async function hiddenUnknown(world: SettingsPort & TemplatesPort): Promise<readonly Finding[]> {
  let hidden: readonly string[];
  try {
    hidden = world.settings.hidden;
  } catch {
    // The doctor has already reported that the settings can't be read.
    return [];
  }
  const known = hidden.length === 0 ? [] : (await allQuestions(world)).map(({ id }) => id);
  const { path } = world.settings;
  return hidden
    .filter(id => !known.includes(id))
    .map(id => ({ key: 'doctor.hide-unknown', path, params: { path, id }, severity: 'info' }));
}
