/* A long list of choices: only the chosen one is in the page until somebody comes to choose another. */
(function () {
  "use strict";

  class BoundLongChoice {
    constructor(select, all) {
      this.input = select;
      this.idForLabel = select.id;
      this.all = all;
      this.isFull = false;
      const fill = () => this.fill();
      ["pointerdown", "focus", "keydown"].forEach((name) => select.addEventListener(name, fill));
    }

    fill() {
      if (this.isFull) return;
      this.isFull = true;
      const chosen = this.input.value;
      this.input.replaceChildren(...this.all.map((option) => option.cloneNode(true)));
      this.input.value = chosen;
    }

    getValue() {
      return this.input.value;
    }

    getState() {
      return [this.input.value];
    }

    setState(state) {
      const value = (Array.isArray(state) ? state[0] : state) || "";
      const shown = this.all.filter((option) => option.value === "" || option.value === value);
      if (!this.isFull) this.input.replaceChildren(...shown.map((option) => option.cloneNode(true)));
      this.input.value = value;
    }

    setInvalid(invalid) {
      if (invalid) this.input.setAttribute("aria-invalid", "true");
      else this.input.removeAttribute("aria-invalid");
    }

    getTextLabel() {
      return this.input.value ? this.input.selectedOptions[0].text : "";
    }

    focus() {
      this.input.focus();
    }
  }

  class LongChoice {
    constructor(html) {
      this.html = html;
    }

    /* Read once, however many there are of them. */
    options() {
      if (!this.all) {
        const template = document.createElement("template");
        template.innerHTML = this.html;
        this.all = [...template.content.querySelectorAll("option")];
      }
      return this.all;
    }

    render(placeholder, name, id, initialState, parentCapabilities, options) {
      const opening = this.html.slice(0, this.html.indexOf(">") + 1);
      const root = document.createElement("div");
      root.innerHTML = `${opening.replace(/__NAME__/g, name).replace(/__ID__/g, id)}</select>`;
      const select = root.firstElementChild;
      placeholder.replaceWith(select);
      const attributes = (options && options.attributes) || {};
      Object.entries(attributes).forEach(([key, value]) => select.setAttribute(key, value));
      const bound = new BoundLongChoice(select, this.options());
      bound.setState(initialState);
      return bound;
    }
  }

  window.telepath.register("wagtail_privacy.LongChoice", LongChoice);
})();
