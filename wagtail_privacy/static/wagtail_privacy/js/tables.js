/* A table that is pasted into rich text: alone into a text block, it becomes a table block after that; anywhere else its
   rows become lines, their cells apart by a dash. Draft.js would run all of its words together. */
(function () {
  "use strict";

  const { ContentState, EditorState, Modifier, convertFromHTML, convertToRaw } = window.DraftJS;
  const SEPARATOR = " – ";
  const MOST_COLUMNS = 12;
  const BLOCKS = "address, article, blockquote, dd, div, dl, dt, h1, h2, h3, h4, h5, h6, li, ol, p, pre, section, ul";

  /** The rows of `table`, as arrays of its cells; a cell over several rows or columns stands in the first of each row. */
  function rowsOf(table) {
    const rows = [...table.rows].filter((row) => row.closest("table") === table);
    const grid = rows.map(() => []);
    rows.forEach((row, number) => {
      let column = 0;
      [...row.cells].forEach((cell) => {
        while (grid[number][column] !== undefined) column += 1;
        for (let down = 0; down < Math.max(1, cell.rowSpan) && grid[number + down]; down += 1) {
          for (let right = 0; right < cell.colSpan; right += 1) {
            grid[number + down][column + right] = right ? null : cell;
          }
        }
        column += cell.colSpan;
      });
    });
    return grid.map((row) => Array.from(row, (cell) => cell || null));
  }

  const wordsOf = (node) => (node ? node.textContent.replace(/\s+/g, " ").trim() : "");

  /** What stands in `cell` as one line: lines in it part by a semicolon, where none ends with a sign. */
  function lineOf(cell, document) {
    const line = document.createElement("span");
    line.append(...[...cell.cloneNode(true).childNodes]);
    line.querySelectorAll("table").forEach(toLines);
    line.querySelectorAll(`${BLOCKS}, br`).forEach((block) => {
      const before = wordsOf({ textContent: textBefore(line, block) });
      block.before(before ? (/[.:;,!?–…]$/.test(before) ? " " : "; ") : "");
      block.replaceWith(...block.childNodes);
    });
    return line;
  }

  function textBefore(root, node) {
    const range = root.ownerDocument.createRange();
    range.setStart(root, 0);
    range.setEndBefore(node);
    return range.toString();
  }

  /** Put a paragraph for the caption and each row of `table` in its place. */
  function toLines(table) {
    const { ownerDocument: document } = table;
    const lines = table.caption ? [paragraph([table.caption], document)] : [];
    rowsOf(table).forEach((row) => lines.push(paragraph(row.filter((cell) => wordsOf(cell)), document)));
    table.replaceWith(...lines.filter((line) => wordsOf(line)));
  }

  function paragraph(cells, document) {
    const line = document.createElement("p");
    cells.forEach((cell, number) => line.append(number ? SEPARATOR : "", lineOf(cell, document)));
    return line;
  }

  /** The state of a rich text field that holds `html`. */
  function contentOf(html) {
    const { contentBlocks, entityMap } = convertFromHTML(html);
    return ContentState.createFromBlockArray(contentBlocks || [], entityMap);
  }

  /** A new id; `null`, where the browser has none to give, has the server make one. */
  const newId = () => (window.crypto.randomUUID ? window.crypto.randomUUID() : null);

  const item = (value) => ({ id: newId(), value });

  /** The state of the rich text field for `cell`, as Draftail's widget takes it: JSON. */
  const stateOf = (cell) => JSON.stringify(cell && wordsOf(cell) ? convertToRaw(contentOf(cell.innerHTML)) : null);

  /** The state of a table block that holds `table`; the first row are its headings. */
  function blockOf(table) {
    const [head, ...rows] = rowsOf(table).filter((row) => row.some(wordsOf));
    return {
      heading: "",
      caption: wordsOf(table.caption),
      columns: head.map((cell) => item(wordsOf(cell))),
      rows: rows.map((row) => item({ cells: row.map((cell) => item(stateOf(cell))) })),
    };
  }

  /** Whether a table block can hold `table`: several rows and columns, and nothing else in `page`. */
  function isWhole(table, page) {
    const rows = rowsOf(table).filter((row) => row.some(wordsOf));
    const width = Math.max(0, ...rows.map((row) => row.length));
    const rest = page.cloneNode(true);
    rest.querySelector("table").remove();
    return rows.length > 1 && width > 1 && width <= MOST_COLUMNS && !wordsOf(rest);
  }

  /** The text block of a stream around `element`, where that stream can hold a table, as [stream, position]. */
  function textBlockAround(element) {
    const root = [...document.querySelectorAll("[id$='-root']")].find((each) => each.rootBlock && each.contains(element));
    let found = null;
    const look = (block) => {
      (block.children || []).forEach((child, position) => {
        if (!child.element || !child.element.contains(element)) return;
        const takes = block.blockDef.childBlockDefsByName;
        found = takes ? (takes.table && child.type === "text" ? [block, position] : null) : found;
        look(child.block);
      });
      Object.values(block.childBlocks || {}).forEach(look);
    };
    if (root) look(root.rootBlock);
    return found;
  }

  /** The document that was pasted: HTML, or the lines with tabs that some programs copy a table as. */
  function pasted(text, html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    if (html || !text.includes("\t")) return page;
    const table = page.body.appendChild(page.createElement("table"));
    text.trim().split(/\r?\n/).forEach((line) => {
      const row = table.insertRow();
      line.split("\t").forEach((cell) => row.insertCell().append(cell));
    });
    return page;
  }

  function handlePastedText(text, html, editorState, { setEditorState, getEditorRef }) {
    const page = pasted(text, html);
    const tables = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
    if (!tables.length) return "not-handled";
    const editor = getEditorRef && getEditorRef();
    const place = tables.length === 1 && isWhole(tables[0], page.body) && editor && textBlockAround(editor.editor);
    if (place) {
      const [stream, position] = place;
      stream.insert({ type: "table", value: blockOf(tables[0]), id: newId() }, position + 1, { animate: true, focus: true });
      return "handled";
    }
    tables.forEach(toLines);
    const fragment = contentOf(page.body.innerHTML).getBlockMap();
    const content = Modifier.replaceWithFragment(editorState.getCurrentContent(), editorState.getSelection(), fragment);
    setEditorState(EditorState.push(editorState, content, "insert-fragment"));
    return "handled";
  }

  window.draftail.registerPlugin({ type: "privacy-table", handlePastedText }, "plugins");
})();
