# mypy: allow-untyped-calls
"""First version of the aligner: log-linear bead scores and dynamic programming."""

import re
import unicodedata

import numpy as np
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

P = 7  # a bead has at most P sentences in all
TYPES = [(p, q) for p in range(1, P) for q in range(1, P) if p + q <= P]
NEG = np.float32(-1e9)
W = dict(
    b=2.543,
    b12=-0.528,
    b22=-0.976,
    b13=-0.741,
    b23=-0.147,
    bx=-0.877,
    bmin=-0.011,  # bead types
    D=0.351,
    Dn=2.37,
    len=3.326,
    knn=3.901,
    cov=1.258,
    unc=1.2,
    open=0.0,
    gap=-2.0,
)


# ---------------------------------------------------------------- words
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def fold(w):
    return unicodedata.normalize("NFKD", w.replace("ß", "ss")).encode("ascii", "ignore").decode()


class Words:
    """Word types of one side: vectors, folded spelling, number keys, idf, ids per sentence."""

    def __init__(self, sents, model):
        index = {}
        self.ids = [
            [index.setdefault(w.lower(), len(index)) for w in WORD.findall(s)] for s in sents
        ]
        words = list(index) or ["-"]
        self.vec = model.encode(words)
        self.num = np.array([w[0].isdigit() for w in words])
        self.key = np.array(
            [
                (re.sub(r"\D", "", w).lstrip("0") or "0") if d else fold(w)
                for w, d in zip(words, self.num)
            ]
        )
        df = np.zeros(len(words))
        for t in self.ids:
            df[list(set(t))] += 1
        N = len(sents) + 1
        self.weight = np.maximum(np.log(N / (df + 0.5)) / np.log(N), 0) ** 1.5
        self.mass = np.array([self.weight[t].sum() for t in self.ids])


def word_match(A, B, ta, tb):
    """How well word types ta of A and tb of B match, 0..1."""
    G = np.clip((A.vec[ta] @ B.vec[tb].T - 0.45) / 0.4, 0, 1)
    ka, kb, na, nb_ = A.key[ta], B.key[tb], A.num[ta], B.num[tb]
    la = np.array([len(k) >= 4 for k in ka], bool) & ~na
    lb = np.array([len(k) >= 4 for k in kb], bool) & ~nb_
    if la.any() and lb.any():
        R = cdist(ka[la], kb[lb], scorer=ratio, score_cutoff=70, dtype=np.float32) / 100
        sub = np.ix_(la, lb)
        G[sub] = np.maximum(G[sub], np.clip((R - 0.65) / 0.3, 0, 0.9))
    same = ka[:, None] == kb[None]
    long_ = np.array([len(k) >= 2 for k in ka], bool)[:, None]
    both = na[:, None] & nb_[None]
    G = np.where(na[:, None] != nb_[None], 0, np.where(both, same, np.where(same & long_, 1, G)))
    return G.astype(np.float32)


def coverage(G, I, J, weight):
    """{q: (len(I)+1, len(J)-q+1)}: prefix sums over I of the word mass covered by spans of J."""
    M = np.stack([G[:, t].max(1) if len(t) else np.zeros(len(G), np.float32) for t in J], 1)
    out, cur = {}, M
    for q in range(1, P):
        if q > 1:
            cur = np.maximum(cur[:, :-1], M[:, q - 1 :])
        if not cur.shape[1]:
            break
        rows = [weight[t] @ cur[t] if len(t) else np.zeros(cur.shape[1]) for t in I]
        out[q] = np.concatenate([np.zeros((1, cur.shape[1])), np.cumsum(rows, 0)])
    return out


# ---------------------------------------------------------------- scoring
def prior(p, q):
    s, l = min(p, q), max(p, q)
    return (
        W["b"]
        + W["b12"] * ((s, l) == (1, 2))
        + W["b22"] * ((s, l) == (2, 2))
        + W["b13"] * ((s, l) == (1, 3))
        + W["b23"] * ((s, l) == (2, 3))
        + W["bx"] * max(0, p + q - 4)
        + W["bmin"] * (s - 1)
    )


def background(X, Y1, centre, reach=256, k=4):
    """Per span: mean cosine to the other side's sentences nearby, and mean of the k highest."""
    mean, top = np.empty(len(X), np.float32), np.empty(len(X), np.float32)
    for a in range(0, len(X), 64):
        c = centre[a : min(a + 64, len(X))]
        x = X[a : a + 64] @ Y1[max(0, int(c.min()) - reach) : int(c.max()) + reach].T
        mean[a : a + 64] = x.mean(1)
        top[a : a + 64] = np.sort(x, 1)[:, -k:].mean(1)
    return mean, top


class Pair:
    def __init__(self, src, tgt, model, band=True):
        self.n, self.m = len(src), len(tgt)
        self.va, self.vb = model.spans(src, P - 1), model.spans(tgt, P - 1)
        self.wa, self.wb = Words(src, model), Words(tgt, model)
        self.ca = np.r_[0, np.cumsum([len(s) + 1 for s in src])].astype(float)
        self.cb = np.r_[0, np.cumsum([len(s) + 1 for s in tgt])].astype(float)
        self.ca *= self.cb[-1] / self.ca[-1]
        self.lo, self.hi, centre, back = self.anchors(band)
        self.ba = {p: background(v, self.vb[1], centre) for p, v in self.va.items()}
        self.bb = {q: background(v, self.va[1], back) for q, v in self.vb.items()}
        self.S = {
            t: np.full((self.n, int((self.hi - self.lo).max())), NEG, np.float32) for t in TYPES
        }
        step = 24 if band else self.n
        for a in range(0, self.n, step):
            self.fill(a, min(a + step, self.n))

    def anchors(self, band, rows=10, cols=16):
        """Columns [lo, hi) in which a bead may start, per row; and the coarse path both ways."""
        n, m = self.n, self.m
        C = self.va[1] @ self.vb[1].T
        k = min(4, n, m)
        C = C - (np.sort(C, 1)[:, -k:].mean(1)[:, None] + np.sort(C, 0)[-k:].mean(0)[None]) / 2
        path = best_path(
            {(1, 1): np.maximum(C, 0)},
            np.zeros(n, int),
            np.full(n, m),
            n,
            m,
            0.0,
            np.zeros(n),
            np.zeros(m),
        )
        pts = [(i, j) for i, i2, j, j2 in path if i2 > i and j2 > j and C[i, j] > 0.08]
        x, y = np.array([(-1, -1)] + pts + [(n, m)]).T
        centre, back = np.interp(np.arange(n), x, y), np.interp(np.arange(m), y, x)
        if not band:
            return np.zeros(n, int), np.full(n, m), centre, back
        i = np.arange(n)
        lo = y[np.searchsorted(x, i - rows, "right").clip(1) - 1] - cols
        hi = y[np.searchsorted(x, i + rows).clip(0, len(x) - 1)] + cols
        return np.clip(lo, 0, m), np.clip(hi, 0, m), centre, back

    def fill(self, a0, a1):
        """Scores of the beads that start in rows a0..a1."""
        b0, b1 = int(self.lo[a0:a1].min()), int(self.hi[a0:a1].max())
        ae, be = min(a1 + P - 2, self.n), min(b1 + P - 2, self.m)
        loc = lambda ids: np.unique(
            np.concatenate([np.asarray(t, int) for t in ids] + [np.zeros(1, int)])
        )
        ta, tb = loc(self.wa.ids[a0:ae]), loc(self.wb.ids[b0:be])
        I = [np.searchsorted(ta, t) for t in self.wa.ids[a0:ae]]
        J = [np.searchsorted(tb, t) for t in self.wb.ids[b0:be]]
        G = word_match(self.wa, self.wb, ta, tb)
        cov_a = coverage(G, I, J, self.wa.weight[ta])
        cov_b = coverage(G.T, J, I, self.wb.weight[tb])
        ma, mb = np.r_[0, np.cumsum(self.wa.mass)], np.r_[0, np.cumsum(self.wb.mass)]
        for p, q in TYPES:
            i, j = np.arange(a0, min(a1, self.n - p + 1)), np.arange(b0, min(b1, self.m - q + 1))
            if not len(i) or not len(j):
                continue
            C = self.va[p][i] @ self.vb[q][j].T
            (m1, k1), (m2, k2) = self.ba[p], self.bb[q]
            D = 2 * (1 - C) / (2 - m1[i][:, None] - m2[j][None])
            la, lb = self.ca[i + p] - self.ca[i], self.cb[j + q] - self.cb[j]
            dev = np.abs(np.log(la + 10)[:, None] - np.log(lb + 10)[None])
            ia, jb = i - a0, j - b0
            cov = (cov_a[q][ia + p] - cov_a[q][ia])[:, jb] + (cov_b[p][jb + q] - cov_b[p][jb])[
                :, ia
            ].T
            tot = (ma[i + p] - ma[i])[:, None] + (mb[j + q] - mb[j])[None]
            s = (
                prior(p, q)
                - D * (W["D"] + W["Dn"] * (p + q - 2) / 2)
                - W["len"] * dev
                + W["knn"] * (2 * C - k1[i][:, None] - k2[j][None])
                + W["cov"] * cov / 4
                - W["unc"] * (tot - cov) / 4
            )
            for r, row in zip(i, s):
                u, v = max(self.lo[r], b0), min(self.hi[r], b0 + len(j))
                if v > u:
                    self.S[p, q][r, u - self.lo[r] : v - self.lo[r]] = row[u - b0 : v - b0]

    def align(self):
        """Best path: list of (src start, src end, tgt start, tgt end)."""
        return best_path(
            self.S,
            self.lo,
            self.hi,
            self.n,
            self.m,
            W["open"],
            np.full(self.n, W["gap"]),
            np.full(self.m, W["gap"]),
        )

    def posteriors(self):
        return forward_backward(self.S, self.lo, self.hi, self.n, self.m, W["open"], W["gap"])


# ---------------------------------------------------------------- dynamic programming
def best_path(S, lo, hi, n, m, opening, ga, gb):
    """Best sequence of beads.  S[p, q][i, j - lo[i]] scores the bead (i..i+p, j..j+q); sentences
    left alone cost ga / gb each and `opening` once per run."""
    shape = (n + 1, m + 1)
    C, X = np.full(shape, -1e9), np.full(shape, -1e9)  # last step: a bead / a lone sentence
    T, TX = np.full(shape, -1, np.int8), np.zeros(shape, np.int8)
    types, step = list(S), np.r_[0, np.cumsum(gb)]
    C[0, 0] = 0
    for i in range(n + 1):
        x, t = np.full(m + 1, -1e9), np.zeros(m + 1, np.int8)
        if i:
            a, b = C[i - 1] + opening + ga[i - 1], X[i - 1] + ga[i - 1]
            x, t = np.maximum(a, b), np.where(a >= b, 1, 2).astype(np.int8)
        h = np.r_[-1e9, C[i, :-1] + opening + gb]
        g = h > x
        x[g], t[g] = h[g], 3
        acc = np.maximum.accumulate(x - step)
        t[1:][acc[:-1] > (x - step)[1:]] = 4
        X[i], TX[i] = acc + step, t
        best = np.maximum(C[i], X[i])
        for k, (p, q) in enumerate(types):
            if i + p > n:
                continue
            u, e = lo[i], min(hi[i], m - q + 1)
            if e > u:
                c = best[u:e] + S[p, q][i, : e - u]
                to = C[i + p, u + q : e + q]
                g = c > to
                to[g] = c[g]
                T[i + p, u + q : e + q][g] = k
    out, i, j = [], n, m
    alone = X[n, m] > C[n, m]
    while i or j:
        if alone:
            p, q = (1, 0) if TX[i, j] in (1, 2) else (0, 1)
            alone = TX[i, j] in (2, 4)
        else:
            p, q = types[T[i, j]]
            alone = X[i - p, j - q] > C[i - p, j - q]
        out.append((i - p, i, j - q, j))
        i, j = i - p, j - q
    return out[::-1]


def one_way(S, lo, hi, n, m, opening, each):
    """Log sums over all partial paths that end with a bead / with a lone sentence."""
    C, X = np.full((n + 1, m + 1), -1e9), np.full((n + 1, m + 1), -1e9)
    C[0, 0], step = 0, np.arange(m + 1) * each
    for i in range(n + 1):
        x = np.r_[-1e9, C[i, :-1] + opening + each]
        if i:
            x = np.logaddexp(x, np.logaddexp(C[i - 1] + opening, X[i - 1]) + each)
        X[i] = np.logaddexp.accumulate(x - step) + step
        both = np.logaddexp(C[i], X[i])
        for (p, q), s in S.items():
            if i + p <= n:
                u, e = lo[p, q][i], hi[p, q][i]
                if e > u:
                    to = C[i + p, u + q : e + q]
                    np.logaddexp(to, both[u:e] + s[i, : e - u], out=to)
    return C, X


def forward_backward(S, lo, hi, n, m, opening, each):
    """Posterior of every bead (same layout as S) and of each sentence being alone; log Z."""
    H = {(p, q): np.minimum(hi, m - q + 1) for p, q in S}
    C, X = one_way(S, {t: lo for t in S}, H, n, m, opening, each)
    rS, rL, rH = {}, {}, {}
    for (p, q), s in S.items():  # the reversed pair: bead (i, j) starts at (n-i-p, m-j-q)
        k = max(n - p + 1, 0)
        wid = np.maximum(H[p, q] - lo, 0)[:k][::-1]
        rS[p, q] = np.full_like(s[:k], NEG)
        for r, row, w in zip(rS[p, q], s[:k][::-1], wid):
            r[:w] = row[:w][::-1]
        rL[p, q] = m - q + 1 - (lo[:k][::-1] + wid)
        rH[p, q] = rL[p, q] + wid
    C2, X2 = (a[::-1, ::-1] for a in one_way(rS, rL, rH, n, m, opening, each))
    A, B, post = np.logaddexp(C, X), np.logaddexp(C2, X2), {}
    Z = A[n, m]
    for (p, q), s in S.items():
        post[p, q] = np.zeros_like(s)
        for i in range(n - p + 1):
            u, e = lo[i], H[p, q][i]
            if e > u:
                x = A[i, u:e] + s[i, : e - u] + B[i + p, u + q : e + q] - Z
                post[p, q][i, : e - u] = np.exp(np.minimum(x, 0))
    before, after = np.logaddexp(C + opening, X) + each - Z, np.logaddexp(C2, X2 - opening)
    pa = np.exp(np.minimum(before[:-1] + after[1:], 0)).sum(1)
    pb = np.exp(np.minimum(before[:, :-1] + after[:, 1:], 0)).sum(0)
    return post, pa, pb, Z


def align(src, tgt, model, band=True):
    """[(source indices, target indices, confidence)] in order; one empty side: no counterpart."""
    if not src or not tgt:
        return [([i], [], 1.0) for i in range(len(src))] + [([], [j], 1.0) for j in range(len(tgt))]
    pair = Pair(src, tgt, model, band)
    post, pa, pb, _ = pair.posteriors()
    conf = lambda a, b, c, d: (
        post[b - a, d - c][a, c - pair.lo[a]] if b > a and d > c else pa[a] if b > a else pb[c]
    )
    return [
        (list(range(a, b)), list(range(c, d)), float(conf(a, b, c, d)))
        for a, b, c, d in pair.align()
    ]
