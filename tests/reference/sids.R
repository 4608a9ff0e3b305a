# The sudden infant deaths of North Carolina, 1974-78 (Symons, Grimson and Yuan
# 1983), with the neighbours of Cressie and Read (1985), as the package spData
# keeps them, and what spdep computes of them. Writes sids.csv, which
# tests/unit/test_moran.c reads:   Rscript tests/reference/sids.R >tests/reference/sids.csv
suppressMessages({ library(spdep); library(sf) })
nc <- st_read(system.file("shapes/sids.shp", package = "spData"), quiet = TRUE)
nb <- read.gal(system.file("weights/ncCR85.gal", package = "spData"), override.id = TRUE)
nc <- nc[match(attr(nb, "region.id"), as.character(nc$FIPSNO)), ]
lw <- nb2listw(nb, style = "W", zero.policy = TRUE)
keep <- card(nb) > 0
n <- nc$SID74; x <- nc$BIR74; m <- length(n)
# Assuncao and Reis (1999), as spdep's EBImoran.mc has it.
p <- n / x; b <- sum(n) / sum(x); s2 <- sum(x * (p - b)^2 / sum(x))
a <- s2 - b / (sum(x) / m); v <- a + b / x; v[v < 0] <- (b / x)[v < 0]
z <- (p - b) / sqrt(v)
test <- moran.test(z[keep], subset(lw, keep), randomisation = TRUE)
local <- localmoran(z[keep], subset(lw, keep))[, 1]
q <- p.adjust(seq(0.0005, 0.05, length.out = sum(keep))^1.2, "BH")
cat(sprintf("# global %.15g %.15g %.15g\n", test$estimate[1], test$estimate[2], test$estimate[3]))
cat("fips,births,deaths,z,local_i,q_example,neighbours\n")
for (i in seq_along(n)[keep])
  cat(sprintf("%d,%d,%d,%.15g,%.15g,%.15g,%s\n", nc$FIPSNO[i], x[i], n[i], z[i],
    local[match(i, which(keep))], q[match(i, which(keep))],
    paste(nc$FIPSNO[nb[[i]]], collapse = " ")))
