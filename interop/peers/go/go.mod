module akushu/interop/peer

go 1.26
