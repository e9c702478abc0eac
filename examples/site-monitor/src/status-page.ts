import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Check, Site } from './site';
import { allSites, latestChecks } from './sites';

/** `GET /`: how the sites are, as a page. */
export async function handler(): Promise<APIGatewayProxyStructuredResultV2> {
  const sites = await allSites();
  const rows = await Promise.all(
    sites.map(async (site) => row(site, (await latestChecks(site.url, 1))[0])),
  );
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'max-age=30' },
    body: page(rows),
  };
}

function page(rows: string[]): string {
  const empty = '<tr><td colspan="4">No sites yet.</td></tr>';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sites</title>
<style>body{font:16px system-ui;margin:2rem}td,th{padding:.3rem 1rem .3rem 0;text-align:left}</style>
<h1>Sites</h1>
<table>
<tr><th>Site<th>Now<th>Took<th>Uptime</tr>
${rows.length > 0 ? rows.join('\n') : empty}
</table>
</html>
`;
}

function row({ url, uptime }: Site, check: Check | undefined): string {
  const now = check === undefined ? 'not checked yet' : `${check.up ? '🟢' : '🔴'} ${check.result}`;
  const took = check === undefined ? '' : `${check.durationMs} ms`;
  const cells = [url, now, took, uptime === undefined ? '' : `${uptime} %`];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
