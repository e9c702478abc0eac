/**
 * Renews the picture of the report in the README, `docs/images/report.png`: the report of `examples/orders` with its graph and
 * its cost, in Chromium. Needs Chromium (`CHROMIUM_PATH`).
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import puppeteer from 'puppeteer-core';
import { OrdersStack } from '../examples/orders/stack';
import { AppModel } from '../lib/model/app-model';
import { reportHtml } from '../lib/report/report-html';
import { buildPage } from './build-report';

const IMAGE = path.join(__dirname, '..', 'docs', 'images', 'report.png');
const WIDTH = 1100;
const HEIGHT = 1480;

async function main(): Promise<void> {
  buildPage();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  const cdk = new App({ outdir: folder });
  new OrdersStack(cdk, 'Orders', { env: { region: 'eu-central-1', account: '123456789012' } });
  cdk.synth();
  const model = JSON.parse(
    fs.readFileSync(path.join(folder, 'Orders.Orders.serverless-app.json'), 'utf8'),
  ) as AppModel;
  const page = path.join(folder, 'report.html');
  fs.writeFileSync(page, reportHtml({ model }));
  await photograph(page);
  fs.rmSync(folder, { recursive: true });
  process.stderr.write(`${IMAGE}: ${Math.round(fs.statSync(IMAGE).size / 1024)} KB\n`);
}

async function photograph(file: string): Promise<void> {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage();
  await page.setViewport({ width: WIDTH, height: HEIGHT });
  await page.goto(`file://${file}`);
  // The table repeats the content of the graph, and would push the cost out of the picture.
  await page.evaluate("document.querySelector('.as-table').open = false");
  fs.mkdirSync(path.dirname(IMAGE), { recursive: true });
  await page.screenshot({ path: IMAGE });
  await browser.close();
}

void main();
