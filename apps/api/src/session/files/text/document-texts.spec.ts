import { strToU8, zipSync } from 'fflate';
import { DocumentTexts } from './document-texts.js';

const texts = new DocumentTexts();
const read = (bytes: Uint8Array | string, extension: string, most = 1_000) =>
  texts.read({ bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes, extension, most });
const zip = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
const docx = (body: string): Uint8Array =>
  zip({ 'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>` });

/** A page with one line, as small as a PDF can be. */
function pdf(line: string): string {
  const content = `BT /F1 12 Tf 10 10 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /MediaBox [0 0 99 99] >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return `%PDF-1.4\n${objects.map((text, index) => `${index + 1} 0 obj\n${text}\nendobj\n`).join('')}trailer\n<< /Root 1 0 R >>\n`;
}

describe('the text of a document', () => {
  it('is read as UTF-8, and as what Chinese programs write', async () => {
    expect(await read('\uFEFF磁盘', 'txt')).toEqual({ text: '磁盘', isCut: false });
    expect(await read(new Uint8Array([0xb4, 0xc5, 0xc5, 0xcc]), 'csv')).toEqual({ text: '磁盘', isCut: false });
  });

  it('is what a page shows, not what it runs', async () => {
    const page = '<head><title>t</title></head><p>One <b>two</b></p><script>evil()</script><ul><li>three</ul>';
    expect(await read(page, 'html')).toMatchObject({ text: expect.stringMatching(/^One two\s+three$/) as string });
  });

  it('is found in Word, Excel and PDF', async () => {
    expect(
      await read(docx('<w:p><w:r><w:t>One</w:t></w:r></w:p><w:p><w:t>two &amp; three</w:t></w:p>'), 'docx'),
    ).toEqual({ text: 'One\ntwo & three', isCut: false });
    const book = zip({
      'xl/worksheets/sheet1.xml':
        '<worksheet><row><c r="A1" t="s"><v>0</v></c><c r="C1"><v>42</v></c></row></worksheet>',
      'xl/sharedStrings.xml': '<sst><si><t>host</t></si></sst>',
      'xl/workbook.xml': '<workbook><sheets><sheet name="Disks"/></sheets></workbook>',
    });
    expect(await read(book, 'xlsx')).toEqual({ text: '# Disks\nhost\t\t42', isCut: false });
    expect(await read(pdf('Hello from a page'), 'pdf')).toEqual({ text: 'Hello from a page', isCut: false });
  });

  it('ends where there is no more room', async () => {
    expect(await read('abcdef', 'txt', 3)).toEqual({ text: 'abc', isCut: true });
  });

  it('does not unpack a bomb', async () => {
    const bomb = zipSync({ 'word/document.xml': new Uint8Array(80 * 1024 * 1024) }, { level: 1 });
    expect(await read(bomb, 'docx')).toEqual({ because: 'is too large inside' });
  });

  it('does not follow entities', async () => {
    const evil = zip({ 'word/document.xml': '<!DOCTYPE d [<!ENTITY a "aa">]><w:document><w:t>&a;</w:t></w:document>' });
    expect(await read(evil, 'docx')).toEqual({ because: 'defines entities' });
  });

  it.each(['log', 'yaml', ''])('is read of a text that is called .%s', async (extension) => {
    expect(await read('磁盘: 82%', extension)).toEqual({ text: '磁盘: 82%', isCut: false });
  });

  it.each([
    ['docx', 'no zip', 'is not a Word document'],
    ['xlsx', 'no zip', 'is not an Excel workbook'],
    ['pdf', 'no pdf', 'is not a valid PDF'],
    ['doc', '\0old', 'is of a kind that is not read here'],
  ])('is told to be missing in a %s that says "%s"', async (extension, content, because) => {
    expect(await read(content, extension)).toEqual({ because });
  });
});
