'use strict';
// Shows the findings that all of the fields allow. Nothing here makes markup of text.
(function () {
  const items = Array.from(document.querySelectorAll('article'));
  const fields = Array.from(document.querySelectorAll('#filter select'));
  const search = document.getElementById('search');
  const shown = document.getElementById('shown');
  let texts = null;

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0 && texts === null) {
      texts = items.map((item) => item.textContent.toLowerCase());
    }
    let count = 0;
    items.forEach((item, i) => {
      const visible =
        fields.every((field) => field.value === '' || item.dataset[field.name] === field.value) &&
        words.every((word) => texts[i].includes(word));
      item.hidden = !visible;
      count += visible ? 1 : 0;
    });
    shown.textContent = count + ' of ' + items.length + ' shown';
  }

  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 150);
  });
  fields.forEach((field) => field.addEventListener('change', apply));
  document.getElementById('filter').addEventListener('submit', (event) => event.preventDefault());
  document.getElementById('clear').addEventListener('click', () => {
    search.value = '';
    fields.forEach((field) => { field.value = ''; });
    apply();
  });
  apply();
})();
