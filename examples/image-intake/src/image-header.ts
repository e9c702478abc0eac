export interface ImageHeader {
  readonly format: 'png' | 'jpeg' | 'gif';
  readonly width: number;
  readonly height: number;
}

/** What the first bytes of an image file say about it; undefined for anything else, or where they do not reach far enough. */
export function readImageHeader(bytes: Buffer): ImageHeader | undefined {
  return readPng(bytes) ?? readGif(bytes) ?? readJpeg(bytes);
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_HEADER_LENGTH = 24;

/** The signature, then the chunk IHDR: length, name, width, height. https://www.w3.org/TR/png/#11IHDR */
function readPng(bytes: Buffer): ImageHeader | undefined {
  const isPng = bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE);
  if (!isPng || bytes.length < PNG_HEADER_LENGTH || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    return undefined;
  }
  return { format: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const GIF_HEADER_LENGTH = 10;

/** The signature, then the logical screen: width, height. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function readGif(bytes: Buffer): ImageHeader | undefined {
  if (!/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)) || bytes.length < GIF_HEADER_LENGTH) {
    return undefined;
  }
  return { format: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

const JPEG_START = 0xffd8;
const FILL = 0xff;
/** Start of frame, but for the three codes among them that mean something else. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Segments, each with a marker and a length; the start of frame holds precision, height, width. */
function readJpeg(bytes: Buffer): ImageHeader | undefined {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== JPEG_START) {
    return undefined;
  }
  let offset = 2;
  while (offset + 9 <= bytes.length && bytes[offset] === FILL) {
    const marker = bytes.readUInt8(offset + 1);
    if (marker === FILL) {
      offset += 1;
    } else if (isStartOfFrame(marker)) {
      const height = bytes.readUInt16BE(offset + 5);
      return { format: 'jpeg', width: bytes.readUInt16BE(offset + 7), height };
    } else {
      offset += 2 + bytes.readUInt16BE(offset + 2);
    }
  }
  return undefined;
}
