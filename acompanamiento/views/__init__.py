"""Las páginas de «Juntos lo vamos a lograr»."""
