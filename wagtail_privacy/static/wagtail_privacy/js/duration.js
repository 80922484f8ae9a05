/* A number and a unit as one widget of a StreamField block: Wagtail's own JavaScript knows one input per widget. */
(function () {
  "use strict";

  class BoundDuration {
    constructor(root, name, id) {
      this.number = root.querySelector(`[name="${name}_0"]`);
      this.unit = root.querySelector(`[name="${name}_1"]`);
      this.idForLabel = `${id}_0`;
    }

    getValue() {
      return [this.number.value, this.unit.value];
    }

    getState() {
      return this.getValue();
    }

    setState(state) {
      const [number, unit] = state || ["", "M"];
      this.number.value = number || "";
      this.unit.value = unit === null || unit === undefined ? "M" : unit;
    }

    getTextLabel() {
      if (!this.number.value) return "";
      return `${this.number.value} ${this.unit.selectedOptions[0].text}`;
    }

    focus() {
      this.number.focus();
    }
  }

  class DurationInput {
    constructor(html) {
      this.html = html;
    }

    render(placeholder, name, id, initialState, parentCapabilities, options) {
      const root = document.createElement("div");
      root.className = "wagtail-privacy-duration";
      root.innerHTML = this.html.replace(/__NAME__/g, name).replace(/__ID__/g, id);
      placeholder.replaceWith(root);
      const bound = new BoundDuration(root, name, id);
      const attributes = (options && options.attributes) || {};
      Object.entries(attributes).forEach(([key, value]) => bound.number.setAttribute(key, value));
      bound.setState(initialState);
      return bound;
    }
  }

  window.telepath.register("wagtail_privacy.DurationInput", DurationInput);
})();
