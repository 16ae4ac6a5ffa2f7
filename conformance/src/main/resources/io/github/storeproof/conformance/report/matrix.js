const find = document.getElementById('find');
const choices = [...document.querySelectorAll('input[name=show]')];
const rows = [...document.querySelectorAll('.matrix tbody tr')];
choices[0].checked = true;
function show() {
  const words = find.value.toLowerCase();
  const choice = choices.findIndex((one) => one.checked);
  for (const row of rows) {
    const wanted = choice === 0 || row.dataset[choice === 1 ? 'differs' : 'failed'] === 'true';
    row.hidden = !wanted || !row.textContent.toLowerCase().includes(words);
  }
}
find.addEventListener('input', show);
for (const choice of choices) choice.addEventListener('change', show);
