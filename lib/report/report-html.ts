import { createHash } from 'node:crypto';
import { AppModel } from '../model/app-model';
import { AppEstimate } from '../cost/app-estimate';
import { estimateOf } from '../cost/estimate';
import { dollars } from './cost-view';
import { liveSection } from './live-section';
import { guardsSection, openFindings } from './guards-section';
import { metricsSection } from './metrics-section';
import { costSection } from './cost-section';
import { defaultsSection } from './defaults-section';
import { crossingsOf } from './crossing';
import { limitsOnTheWay, PEAK } from './limits-on-the-way';
import { limitsSection } from './limits-section';
import { Markup, markup, jsonForScript } from './markup';
import { PageFiles, pageFiles } from './page-files';
import { ReportInput } from './report-input';
import { renderSection, Section } from './section';
import { value } from './text';
import { formatCount, formatPlural } from '../model/format-number';
import { topologySection } from './topology-section';

/**
 * The report on an app: one self-contained HTML page that needs no network and no server. It can be opened from a disk, sent by
 * email, and kept with a build. The same input gives the same page.
 */
export function reportHtml(input: ReportInput, files: PageFiles = pageFiles()): string {
  const { model, metrics, freeTier, live } = input;
  const estimate = estimateOf(model, { freeTier });
  const onTheWay = { crossings: crossingsOf(model), limits: limitsOnTheWay(model, PEAK) };
  const sections: Section[] = [
    ...(live === undefined ? [] : [liveSection(model)]),
    ...(metrics === undefined ? [] : [metricsSection(metrics, estimate)]),
    topologySection(model),
    costSection(input, estimate, onTheWay),
    limitsSection(onTheWay),
    guardsSection(model),
    defaultsSection(model),
  ];
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(files, live !== undefined)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="cdk-serverless-app" />
        <title>${model.app.id} · serverless app report</title>
        <link rel="icon" href="data:," />
        ${asIs('style', files.style)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <div class="page">
          ${head(model, estimate)}
          <nav aria-label="Contents">
            <ul>
              ${sections.map(({ id, short }) => markup`<li><a href="#${id}">${short}</a></li>`)}
            </ul>
            <button type="button" id="theme" class="scripted" hidden>Theme: system</button>
          </nav>
          <main id="content" tabindex="-1">${sections.map(renderSection)}</main>
          ${foot()}
        </div>
        <script type="application/json" id="report-data">${jsonForScript(input)}</script>
        ${asIs('script', files.script)}
      </body>
    </html> `;
  return page.source;
}

/** Verbatim, since the content security policy contains its hash. */
function asIs(element: 'style' | 'script', text: string): Markup {
  return new Markup(`<${element}>${text}</${element}>`);
}

/** The policy allows only the page’s own script and style, by their hashes, so nothing in the model is ever run or loaded. A live page also gets its counts. */
function policy({ script, style }: PageFiles, isLive: boolean): string {
  const hash = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const connect = isLive ? " connect-src 'self';" : '';
  return `default-src 'none';${connect} script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

function head(model: AppModel, { levels }: AppEstimate): Markup {
  const { app, functions, tables, buckets, defaults } = model;
  const events = functions.reduce((sum, { triggers }) => sum + triggers.length, 0);
  const open = openFindings(model);
  const changed = defaults.filter((each) => each.changed.length > 0).length;
  const tiles: ReadonlyArray<readonly [string, string]> = [
    [formatPlural(functions.length, 'function'), `run by ${formatPlural(events, 'trigger')}`],
    [
      formatPlural(tables.length + buckets.length, 'store'),
      `${formatPlural(tables.length, 'table')}, ${formatPlural(buckets.length, 'bucket')}`,
    ],
    [dollars(levels.moderate.monthlyDollars), 'a month, estimated at moderate load'],
    [open === 0 ? 'none' : formatCount(open), 'open guard findings'],
    [`${changed} of ${defaults.length}`, 'defaults changed'],
  ];
  return markup`<header>
      <div class="titles">
        <h1>${app.id}</h1>
        <span class="badge">${app.stage}</span>
      </div>
      <p class="where">
        Stack ${value(app.stack)} · region ${value(app.region)} · account ${value(app.account)}
      </p>
    <ul class="tiles" aria-label="At a glance">
      ${tiles.map(([number, words]) => markup`<li><b>${number}</b><span>${words}</span></li>`)}
    </ul>
    </header>`;
}

function foot(): Markup {
  return markup`<footer>
    <p>
      Made by cdk-serverless-app from the app’s model, without an account and without a network.
      Values known only at deployment are shown as CloudFormation expressions:
      ${value({ Ref: 'AWS::Region' })}.
    </p>
  </footer>`;
}
