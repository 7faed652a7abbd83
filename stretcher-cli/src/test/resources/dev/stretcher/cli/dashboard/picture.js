// Draws what the page shows as an SVG: boxes, lines and words at the places where the browser has put them.
(() => {
  const lines = [];
  const round = (number) => Math.round(number * 10) / 10;
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const colour = (text) =>
    `#${text.match(/\d+/g).slice(0, 3).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
  const isSeen = (text) => !/^rgba\(.*, 0\)$/.test(text);
  const rect = (x, y, width, height, attributes) =>
    lines.push(
      `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${attributes}/>`,
    );

  const box = (place, style) => {
    const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, place.height / 2);
    const sides = ['Top', 'Right', 'Bottom', 'Left'];
    const [top, right, bottom, left] = sides.map((side) => parseFloat(style[`border${side}Width`]));
    const isFilled = isSeen(style.backgroundColor);
    const isFramed = top && right && bottom && left;
    if (isFilled || isFramed) {
      const half = isFramed ? top / 2 : 0;
      rect(
        place.left + half,
        place.top + half,
        place.width - 2 * half,
        place.height - 2 * half,
        `rx="${round(radius)}" fill="${isFilled ? colour(style.backgroundColor) : 'none'}"` +
          (isFramed ? ` stroke="${colour(style.borderTopColor)}"` : ''),
      );
    }
    if (bottom && !isFramed) {
      const end = place.bottom - bottom;
      rect(place.left, end, place.width, bottom, `fill="${colour(style.borderBottomColor)}"`);
    }
  };

  /** The mark before a state, which is no element. */
  const mark = (element, style) => {
    const before = getComputedStyle(element, '::before');
    if (before.content !== 'none') {
      const place = element.getBoundingClientRect();
      const size = parseFloat(before.width);
      const middle = (place.top + place.bottom) / 2;
      const radius = before.borderTopLeftRadius === '50%' ? size / 2 : 0;
      const fill = colour(before.backgroundColor);
      rect(place.left + parseFloat(style.paddingLeft), middle - size / 2, size, size, `rx="${radius}" fill="${fill}"`);
    }
  };

  const words = (text, place, style) => {
    const size = parseFloat(style.fontSize);
    const weight = style.fontWeight === '400' ? '' : ` font-weight="${style.fontWeight}"`;
    const y = (place.top + place.bottom) / 2 + size * 0.35;
    lines.push(
      `<text x="${round(place.left)}" y="${round(y)}" font-size="${round(size)}"${weight} fill="${colour(style.color)}"` +
        ` textLength="${round(place.width)}" lengthAdjust="spacingAndGlyphs">${escape(text)}</text>`,
    );
  };

  const placeholder = (element, style) => {
    const place = element.getBoundingClientRect();
    const context = document.createElement('canvas').getContext('2d');
    context.font = style.font;
    words(
      element.placeholder,
      {
        left: place.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth),
        top: place.top,
        bottom: place.bottom,
        width: context.measureText(element.placeholder).width,
      },
      { ...style, fontSize: style.fontSize, fontWeight: '400', color: getComputedStyle(element, '::placeholder').color },
    );
  };

  const draw = (element) => {
    const style = getComputedStyle(element);
    if (style.display === 'none') {
      return;
    }
    box(element.getBoundingClientRect(), style);
    mark(element, style);
    if (element.placeholder) {
      placeholder(element, style);
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) {
        draw(child);
      } else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) {
        const range = document.createRange();
        range.selectNodeContents(child);
        const place = range.getBoundingClientRect();
        if (place.width > 0) {
          words(child.data.trim(), place, style);
        }
      }
    }
  };

  const { innerWidth: width, innerHeight: height } = window;
  draw(document.body);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"` +
      ` font-family="system-ui, sans-serif" xml:space="preserve" role="img" aria-label="The page of stretcher dashboard">`,
    `<rect width="${width}" height="${height}" fill="${colour(getComputedStyle(document.body).backgroundColor)}"/>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
})()
