import * as path from 'node:path';
import type { SiteModel } from '../../lib/model/app-model';
import { readPlaces } from '../assembly';
import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { nearest } from '../nearest';
import { OpenApp, openApps, text } from '../open-app';
import { formatPlan, summaryOf } from '../site/format';
import { planUpload, UploadPlan } from '../site/plan';
import { readFiles } from '../site/read-files';
import type { SiteFile } from '../site/site-store';
import { upload } from '../site/upload';
import { UserError } from '../user-error';

/** A site of a deployed app. */
interface OpenSite extends OpenApp {
  readonly site: SiteModel;
}

/** `site deploy [<site>]`. */
export async function siteDeploy(
  { args: [name], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const opened = await openApps(options, text(options.app), connect);
  const sites = choose(opened, name);
  const folder = text(options.folder);
  if (folder !== undefined && sites.length > 1) {
    throw new UserError(
      `\`--folder\` is for one site, but there are ${sites.length}`,
      `name one of them: ${sites.map(({ site }) => site.id).join(', ')}`,
    );
  }
  // Reads the files of all sites before it changes the first site.
  const read = sites.map((one) => ({
    ...one,
    files: readFiles(folder ?? filesOf(one, String(options.assembly)), one.site.immutable),
  }));
  const json: object[] = [];
  for (const one of read) {
    const plan = await deploy(one, options, io);
    const { site, app } = one;
    json.push({
      app: app.model.app.path,
      site: site.id,
      uploaded: plan.put.flat().map(({ key }) => key),
      deleted: plan.remove,
      invalidated: plan.invalidate,
    });
    if (options.json !== true) {
      io.out(formatPlan(plan));
    }
    io.say(`${site.path}: ${summaryOf(plan, options.dryRun === true)}`);
  }
  if (options.json === true) {
    io.out(`${JSON.stringify(json, undefined, 2)}\n`);
  }
  return 0;
}

async function deploy(
  { site, cloud, files }: OpenSite & { readonly files: readonly SiteFile[] },
  options: Invocation['options'],
  io: Io,
): Promise<UploadPlan> {
  const { name, distribution } = site as Partial<SiteModel>;
  if (name === undefined || distribution === undefined) {
    throw new UserError(`the site ${site.path} is not deployed`, 'run `npx cdk deploy` first');
  }
  const bucket = await cloud.siteBucket(name);
  const cache = await cloud.siteCache(distribution);
  return io.interruptible((signal) =>
    io.during(`comparing ${site.path} with its bucket`, async (tell) => {
      const plan = planUpload(files, await bucket.list(), {
        force: options.force === true,
        keep: options.keep === true,
        invalidateAll: options.invalidateAll === true,
      });
      if (options.dryRun !== true) {
        const reference = `serverless-app ${io.now().toISOString()}`;
        await upload(plan, { bucket, cache, signal, reference, tell });
      }
      return plan;
    }),
  );
}

function choose(opened: readonly OpenApp[], name: string | undefined): OpenSite[] {
  const all = opened.flatMap((one) =>
    (one.app.model.sites ?? []).map((site) => ({ ...one, site })),
  );
  if (all.length === 0) {
    throw new UserError('the app has no site', 'declare one with `app.addSite("web/dist")`');
  }
  const found = all.filter(({ site }) => name === undefined || site.id === name);
  if (found.length === 0) {
    throw new UserError(
      `there is no site \`${name ?? ''}\``,
      nearest(
        name ?? '',
        all.map(({ site }) => site.id),
      ),
    );
  }
  const byHelper = found.filter(({ site }) => site.files === undefined);
  if (byHelper.length > 0 && (name !== undefined || byHelper.length === found.length)) {
    throw new UserError(
      `\`npx cdk deploy\` uploads the site ${byHelper[0]?.site.id ?? ''}`,
      'leave out `upload: SiteUpload.bucketDeployment()` to upload it with this command',
    );
  }
  return found.filter((one) => !byHelper.includes(one));
}

/** The copy in the cloud assembly, next to the model file. */
function filesOf({ app, site }: OpenSite, assembly: string): string {
  const place = readPlaces(assembly).find(({ model }) => model.app.path === app.model.app.path);
  return path.join(path.dirname(place?.file ?? assembly), site.files ?? '');
}
