/*
 * What a block would send, and what it is called, without its form being built: for blocks that are closed.
 * A block or a widget that isn't known here, such as a site's own, has no such values; its form is built at once.
 */
(function () {
  "use strict";

  const { FieldBlockDefinition, ListBlock, ListBlockDefinition, StreamBlockDefinition } =
    window.wagtailStreamField.blocks;

  function shortened(text, options) {
    const most = options && options.maxLength;
    return most && text.length > most ? `${text.substring(0, most - 1)}…` : text;
  }

  /* The widget itself says what it sends, in a form that is thrown away. */
  function asRendered(widget, name, state) {
    const form = document.createElement("form");
    const placeholder = form.appendChild(document.createElement("div"));
    const bound = widget.render(placeholder, name, name, state, new Map(), {});
    return { state, entries: [...new FormData(form)], text: bound.getTextLabel() || "" };
  }

  /* As its editor writes it when it has come up, so that nothing looks changed when it does. */
  function asRichText(widget, name, stored) {
    const { createEditorStateFromRaw, serialiseEditorStateToRaw } = window.Draftail;
    const written = serialiseEditorStateToRaw(createEditorStateFromRaw(JSON.parse(stored)));
    const state = JSON.stringify(written);
    const text = written ? written.blocks.map((paragraph) => paragraph.text).filter((words) => words).join(" ") : "";
    return { state, entries: [[name, state]], text };
  }

  function asChosen(widget, name, state) {
    return { state, entries: [[name, state ? state.id : ""]], text: state ? state.string : "" };
  }

  /* By what telepath calls them. */
  const WIDGETS = {
    "wagtail.widgets.Widget": asRendered,
    "wagtail.widgets.CheckboxInput": asRendered,
    "wagtail.widgets.Select": asRendered,
    "wagtail.widgets.DraftailRichTextArea": asRichText,
    "wagtail.snippets.widgets.SnippetChooser": asChosen,
    "wagtail_privacy.DurationInput": asRendered,
    "wagtail_privacy.LongChoice": asRendered,
  };

  function fieldOf(blockDef, prefix, state) {
    const { widget } = blockDef;
    const known = Object.keys(WIDGETS).find((name) => widget.constructor === window.telepath.constructors[name]);
    // The editor of a rich text that is copied hands on itself.
    if (!known || state === undefined || (state && state.getCurrentContent)) return null;
    const read = WIDGETS[known](widget, prefix, state);
    const getTextLabel = (options) => shortened(read.text, options);
    return { blockDef, widget, entries: read.entries, getState: () => read.state, getTextLabel };
  }

  function sequenceOf(blockDef, prefix, items) {
    const definitionOf = ({ type }) => blockDef.childBlockDef || blockDef.childBlockDefsByName[type];
    const children = items.map((item, n) => item.id && valuesOf(definitionOf(item), `${prefix}-${n}-value`, item.value));
    if (!children.every((child) => child)) return null;
    const entries = children.flatMap((child, n) => [
      [`${prefix}-${n}-deleted`, ""],
      [`${prefix}-${n}-order`, n],
      [`${prefix}-${n}-type`, child.blockDef.name],
      [`${prefix}-${n}-id`, items[n].id],
      ...child.entries,
    ]);
    return {
      blockDef,
      children,
      entries: [[`${prefix}-count`, items.length], ...entries],
      getState: () => items.map((item, n) => ({ ...item, value: children[n].getState() })),
      getTextLabel: ListBlock.prototype.getTextLabel,
    };
  }

  /* In the order in which they stand in the form. */
  function namesIn({ opts: { settings, children } }) {
    return [...settings, ...children].flatMap(([child]) => (typeof child === "string" ? [child] : namesIn(child)));
  }

  function sectionOf(blockDef, prefix, state) {
    const { formLayout, formTemplate } = blockDef.meta;
    if (formTemplate || !state) return null;
    const childBlocks = {};
    for (const name of namesIn(formLayout)) {
      childBlocks[name] = valuesOf(blockDef.childBlockDefsByName[name], `${prefix}-${name}`, state[name]);
      if (!childBlocks[name]) return null;
    }
    const children = Object.entries(childBlocks);
    const block = {
      blockDef,
      childBlocks,
      entries: children.flatMap(([, child]) => child.entries),
      getState: () => Object.fromEntries(children.map(([name, child]) => [name, child.getState()])),
    };
    block.getTextLabel = (options) => blockDef.summaryOf(block, options);
    return block;
  }

  /*
   * Of a block as its form would have it: the `entries` that it sends, in their order; null if that isn't known.
   * It can be asked for its label and its state like a block of Wagtail's.
   */
  function valuesOf(blockDef, prefix, state) {
    if (blockDef.summaryOf) return sectionOf(blockDef, prefix, state);
    if (blockDef.constructor === FieldBlockDefinition) return fieldOf(blockDef, prefix, state);
    if ([ListBlockDefinition, StreamBlockDefinition].includes(blockDef.constructor)) {
      return sequenceOf(blockDef, prefix, state || []);
    }
    return null;
  }

  window.wagtailPrivacy = { ...window.wagtailPrivacy, valuesOf };
})();
