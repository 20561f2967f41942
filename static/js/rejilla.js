// La rejilla con el teclado: P, A y E marcan y bajan; las flechas cambian de fila. Sin este guion
// la rejilla se llena igual.
"use strict";

const rejilla = document.querySelector(".rejilla-de-asistencia");
const filas = [...rejilla.querySelectorAll(".anotar > li")];
const TECLAS = { p: "presente", a: "ausente", e: "excusada", 0: "" };
const cuenta = rejilla.querySelector("output");
let cambiada = false;

const marcada = (fila) => fila.querySelector("[type=radio]:checked");

function sumarMarcas() {
  const suma = { presente: 0, ausente: 0, excusada: 0, "": 0 };
  for (const fila of filas) suma[marcada(fila)?.value ?? ""] += 1;
  const { presente, ausente, excusada, "": faltan } = suma;
  cuenta.value = `Presentes: ${presente} · Ausentes: ${ausente} · Excusadas: ${excusada} · Sin marcar: ${faltan}`;
}

function ir(fila, campo) {
  if (!fila) return;
  const destino = campo.type === "radio" ? marcada(fila) : fila.querySelector(`[name$="-${campo.name.split("-")[1]}"]`);
  destino.focus();
  fila.scrollIntoView({ block: "nearest" });
}

rejilla.addEventListener("keydown", (suceso) => {
  const campo = suceso.target;
  const fila = campo.closest(".anotar > li");
  if (!fila || suceso.ctrlKey || suceso.altKey || suceso.metaKey) return;
  const lugar = filas.indexOf(fila);
  const valor = campo.type === "radio" ? TECLAS[suceso.key.toLowerCase()] : undefined;
  const pasos = { ArrowDown: 1, ArrowUp: -1 };
  if (valor !== undefined) {
    fila.querySelector(`[type=radio][value="${valor}"]`).click();
    ir(filas[lugar + 1] ?? fila, campo);
  } else if (suceso.key in pasos && campo.tagName === "INPUT") {
    ir(filas[lugar + pasos[suceso.key]], campo);
  } else if (suceso.key === "Enter" && campo.tagName === "INPUT") {
    ir(filas[lugar + 1], campo); // guardar es solo el botón
  } else {
    return;
  }
  suceso.preventDefault();
});

rejilla.addEventListener("change", () => {
  cambiada = true;
  sumarMarcas();
});
rejilla.addEventListener("submit", () => (cambiada = false));
addEventListener("beforeunload", (suceso) => {
  if (cambiada) suceso.preventDefault();
});

for (const oculto of rejilla.querySelectorAll(".solo-con-guion")) oculto.hidden = false;
sumarMarcas();
