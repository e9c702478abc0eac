import { PackageCase } from '../package-case';

export const DOCUMENTS: readonly PackageCase[] = [
  {
    packages: ['sharp'],
    does: 'creates a PNG',
    code: `
      import sharp from 'sharp';
      export const handler = async () => {
        const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
        return (await image.png().toBuffer()).subarray(1, 4).toString();
      };`,
    returns: 'PNG',
  },
  {
    packages: ['jimp'],
    does: 'creates a PNG',
    code: `
      import { Jimp } from 'jimp';
      export const handler = async () => (await new Jimp({ width: 8, height: 8 }).getBuffer('image/png')).subarray(1, 4).toString();`,
    returns: 'PNG',
  },
  {
    packages: ['@resvg/resvg-js'],
    does: 'renders an SVG',
    code: `
      import { Resvg } from '@resvg/resvg-js';
      export const handler = async () =>
        new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>').render().asPng().subarray(1, 4).toString();`,
    returns: 'PNG',
  },
  {
    packages: ['@resvg/resvg-wasm'],
    does: 'renders an SVG with WebAssembly that the handler reads',
    code: `
      import { readFileSync } from 'node:fs';
      import { initWasm, Resvg } from '@resvg/resvg-wasm';
      const ready = initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
      export const handler = async () => {
        await ready;
        const png = new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>').render().asPng();
        return Buffer.from(png).subarray(1, 4).toString();
      };`,
    returns: 'PNG',
  },
  {
    packages: ['pdfkit'],
    does: 'writes a PDF in two fonts',
    code: `
      import PDFDocument from 'pdfkit';
      export const handler = async () =>
        new Promise((resolve) => {
          const document = new PDFDocument();
          const parts = [];
          document.on('data', (part) => parts.push(part));
          document.on('end', () => resolve(Buffer.concat(parts).subarray(0, 5).toString()));
          document.font('Helvetica-Bold').text('Hi').font('Courier').text('there');
          document.end();
        });`,
    returns: '%PDF-',
  },
  {
    packages: ['pdf-lib'],
    does: 'creates a PDF with text',
    code: `
      import { PDFDocument, StandardFonts } from 'pdf-lib';
      export const handler = async () => {
        const document = await PDFDocument.create();
        document.addPage().drawText('hi', { font: await document.embedFont(StandardFonts.Helvetica) });
        return Buffer.from(await document.save()).subarray(0, 5).toString();
      };`,
    returns: '%PDF-',
  },
  {
    packages: ['pdf-parse'],
    does: 'extracts the text of a PDF',
    code: `
      import parse from 'pdf-parse';
      const objects = [
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
        '<</Length 33>>stream\\nBT /F 9 Tf 9 9 Td (hello) Tj ET   \\nendstream',
        '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
      ];
      export const handler = async () => {
        let text = '%PDF-1.4\\n';
        let table = '0000000000 65535 f \\n';
        objects.forEach((object, i) => {
          table += String(text.length).padStart(10, '0') + ' 00000 n \\n';
          text += i + 1 + ' 0 obj' + object + 'endobj\\n';
        });
        text += 'xref\\n0 6\\n' + table + 'trailer<</Size 6/Root 1 0 R>>\\nstartxref\\n' + text.length + '\\n%%EOF';
        const data = Buffer.from(text);
        return (await parse(new Uint8Array(data))).text.trim();
      };`,
    returns: 'hello',
  },
  {
    packages: ['qrcode'],
    does: 'creates a PNG',
    code: `
      import QRCode from 'qrcode';
      export const handler = async () => (await QRCode.toDataURL('hello')).slice(0, 21);`,
    returns: 'data:image/png;base64',
  },
  {
    packages: ['exceljs'],
    does: 'writes and reads a worksheet',
    code: `
      import ExcelJS from 'exceljs';
      export const handler = async () => {
        const book = new ExcelJS.Workbook();
        book.addWorksheet('a').addRow(['hi']);
        const other = new ExcelJS.Workbook();
        await other.xlsx.load(await book.xlsx.writeBuffer());
        return other.getWorksheet('a').getCell('A1').value;
      };`,
    returns: 'hi',
  },
  {
    packages: ['jszip'],
    does: 'packs and unpacks an archive',
    code: `
      import JSZip from 'jszip';
      export const handler = async () => {
        const zip = new JSZip();
        zip.file('a.txt', 'hi');
        const other = await JSZip.loadAsync(await zip.generateAsync({ type: 'nodebuffer' }));
        return other.file('a.txt').async('string');
      };`,
    returns: 'hi',
  },
  {
    packages: ['adm-zip'],
    does: 'packs and unpacks an archive',
    code: `
      import AdmZip from 'adm-zip';
      export const handler = async () => {
        const zip = new AdmZip();
        zip.addFile('a.txt', Buffer.from('hi'));
        return new AdmZip(zip.toBuffer()).readAsText('a.txt');
      };`,
    returns: 'hi',
  },
  {
    packages: ['jsdom'],
    does: 'parses and styles a page',
    code: `
      import { JSDOM } from 'jsdom';
      export const handler = async () => {
        const { window } = new JSDOM('<p style="color: red">hi</p>');
        const [element] = window.document.getElementsByTagName('p');
        return [element.textContent, window.getComputedStyle(element).display];
      };`,
    returns: ['hi', 'block'],
  },
  {
    packages: ['cheerio'],
    does: 'parses a page',
    code: `
      import { load } from 'cheerio';
      export const handler = async () => load('<p>hi</p>')('p').text();`,
    returns: 'hi',
  },
  {
    packages: ['handlebars'],
    does: 'renders a template',
    code: `
      import Handlebars from 'handlebars';
      export const handler = async () => Handlebars.compile('hi {{name}}')({ name: 'Ada' });`,
    returns: 'hi Ada',
  },
  {
    packages: ['ejs'],
    does: 'renders a template',
    code: `
      import ejs from 'ejs';
      export const handler = async () => ejs.render('hi <%= name %>', { name: 'Ada' });`,
    returns: 'hi Ada',
  },
  {
    packages: ['pug'],
    does: 'renders a template',
    code: `
      import pug from 'pug';
      export const handler = async () => pug.render('p= name', { name: 'Ada' });`,
    returns: '<p>Ada</p>',
  },
  {
    packages: ['nunjucks'],
    does: 'renders a template',
    code: `
      import nunjucks from 'nunjucks';
      export const handler = async () => nunjucks.renderString('hi {{ name }}', { name: 'Ada' });`,
    returns: 'hi Ada',
  },
  {
    packages: ['svgo'],
    does: 'minifies an SVG',
    code: `
      import { optimize } from 'svgo';
      export const handler = async () => optimize('<svg><style>.a { fill: #ff0000 }</style><g><g class="a"/></g></svg>').data.startsWith('<svg');`,
    returns: true,
  },
  {
    packages: ['mjml'],
    does: 'renders an email',
    code: `
      import mjml2html from 'mjml';
      export const handler = async () => {
        const { html } = await mjml2html('<mjml><mj-body><mj-text>hi</mj-text></mj-body></mjml>');
        return html.includes('hi');
      };`,
    returns: true,
  },
  {
    packages: ['fast-xml-parser'],
    does: 'parses XML',
    code: `
      import { XMLParser } from 'fast-xml-parser';
      export const handler = async () => new XMLParser().parse('<a>1</a>');`,
    returns: { a: 1 },
  },
  {
    packages: ['csv-parse'],
    does: 'parses CSV',
    code: `
      import { parse } from 'csv-parse/sync';
      export const handler = async () => parse('a,b\\n1,2', { columns: true });`,
    returns: [{ a: '1', b: '2' }],
  },
  {
    packages: ['@sparticuz/chromium'],
    does: 'unpacks a browser',
    code: `
      import { statSync } from 'node:fs';
      import chromium from '@sparticuz/chromium';
      export const handler = async () => statSync(await chromium.executablePath()).size > 1e7;`,
    returns: true,
  },
];
